//! Where a course stands and how it counts, in words.

use crate::i18n::{Locale, td_string};
use shared::learning::{CatalogueRow, CatalogueShelf, CatalogueUnit, CourseRole};

/// Where a course stands.
pub(super) fn shelf_name(locale: Locale, shelf: CatalogueShelf) -> &'static str {
    match shelf {
        CatalogueShelf::Junior => td_string!(locale, catalogue.shelf_junior),
        CatalogueShelf::Senior => td_string!(locale, catalogue.shelf_senior),
        CatalogueShelf::Skill => td_string!(locale, catalogue.shelf_skill),
    }
}

/// How a course counts for the diploma.
pub(super) fn role_name(locale: Locale, role: CourseRole) -> &'static str {
    match role {
        CourseRole::Required => td_string!(locale, learning.author_required),
        CourseRole::ChooseOne => td_string!(locale, learning.author_choose_one),
        CourseRole::Elective => td_string!(locale, learning.author_elective),
    }
}

/// A course in one line.
pub(super) fn row_facts(locale: Locale, course: &CatalogueRow) -> String {
    let (code, hours, credits) = (course.code.clone(), course.class_hours, course.credits.credits);
    let (units, version) = (course.task_points, course.version);
    td_string!(
        locale,
        catalogue.row_facts,
        code = code,
        hours = hours,
        credits = credits,
        units = units,
        version = version
    )
}

/// A unit in one line; of exercises only how many there are.
pub(super) fn unit_facts(locale: Locale, unit: &CatalogueUnit) -> String {
    match unit.exercises {
        0 => td_string!(locale, catalogue.unit_minutes, minutes = unit.minutes),
        exercises => td_string!(locale, catalogue.unit_facts, minutes = unit.minutes, exercises = exercises),
    }
}
