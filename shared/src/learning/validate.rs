//! Whether a course can be stored, and whether a content can be published.

use super::{CourseContent, Module, NewCourse, Unit, activity, weight::texts};
use crate::{
    ids::{ActivityId, UnitId},
    item_bank::validate_item,
    media::{
        has_wordless_picture,
        recording::{RecordingName, recordings_of},
    },
    problem::FieldError,
};
use std::{
    collections::{BTreeSet, HashSet},
    ops::RangeInclusive,
};

/// Characters of a title.
pub const MAX_TITLE_CHARS: usize = 100;
/// Characters of a summary.
pub const MAX_SUMMARY_CHARS: usize = 500;
/// Characters of what is told of a course before its lessons.
pub const MAX_GOALS_CHARS: usize = 2_000;
/// Characters of the name of a textbook.
pub const MAX_TEXTBOOK_CHARS: usize = 200;
/// Years of the standard that a course fulfils.
pub const STANDARD_YEARS: RangeInclusive<u16> = 1950..=2100;
/// Characters of a lesson.
pub const MAX_LESSON_CHARS: usize = 50_000;
/// Characters of a course's code.
pub const CODE_CHARS: RangeInclusive<usize> = 2..=20;
/// Class hours of a course.
pub const MAX_CLASS_HOURS: u16 = 1_000;
/// Minutes that a unit may be meant to take.
pub const UNIT_MINUTES: RangeInclusive<u16> = 1..=240;
/// Modules of a course.
pub const MAX_MODULES: usize = 50;
/// Units of a module, and exercises of a unit.
pub const MAX_PARTS: usize = 100;

/// Everything that is wrong with a new course, each with a JSON pointer.
#[must_use]
pub fn validate_new_course(new: &NewCourse) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let code = new.code.trim();
    if code.is_empty() {
        errors.push(FieldError::new("/code", "required"));
    } else if !CODE_CHARS.contains(&code.chars().count()) || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        errors.push(FieldError::new("/code", "course-code"));
    }
    text(&mut errors, "/title".to_owned(), &new.title, MAX_TITLE_CHARS);
    text(&mut errors, "/summary".to_owned(), &new.summary, MAX_SUMMARY_CHARS);
    if !(1..=MAX_CLASS_HOURS).contains(&new.class_hours) {
        errors.push(FieldError::new("/class_hours", "out-of-range"));
    }
    if new.face_to_face_hours > new.class_hours {
        errors.push(FieldError::new("/face_to_face_hours", "out-of-range"));
    }
    errors
}

/// The year of a standard that somebody wrote; none if they wrote nothing.
///
/// # Errors
/// The field `/about/standard_year` if it is no year of one.
pub fn read_standard_year(text: &str) -> Result<Option<u16>, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let year = text.parse::<u16>().ok().filter(|year| STANDARD_YEARS.contains(year));
    year.map(Some).ok_or_else(|| FieldError::new("/about/standard_year", "out-of-range"))
}

/// What makes a draft impossible to keep: parts without end, texts too long, units or activities that share an id.
/// Anything that is merely unfinished may stay so.
#[must_use]
pub fn validate_draft(content: &CourseContent) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut seen: HashSet<UnitId> = HashSet::new();
    let mut seen_activities: HashSet<ActivityId> = HashSet::new();
    at_most(&mut errors, "/about/goals".to_owned(), &content.about.goals, MAX_GOALS_CHARS);
    at_most(&mut errors, "/about/textbook".to_owned(), &content.about.textbook, MAX_TEXTBOOK_CHARS);
    if content.about.standard_year.is_some_and(|year| !STANDARD_YEARS.contains(&year)) {
        errors.push(FieldError::new("/about/standard_year", "out-of-range"));
    }
    if content.modules.len() > MAX_MODULES {
        errors.push(FieldError::new("/modules", "too-long"));
    }
    for (at, module) in content.modules.iter().enumerate() {
        let here = format!("/modules/{at}");
        at_most(&mut errors, format!("{here}/title"), &module.title, MAX_TITLE_CHARS);
        if module.units.len() > MAX_PARTS {
            errors.push(FieldError::new(format!("{here}/units"), "too-long"));
        }
        for (at, unit) in module.units.iter().enumerate() {
            let here = format!("{here}/units/{at}");
            at_most(&mut errors, format!("{here}/title"), &unit.title, MAX_TITLE_CHARS);
            at_most(&mut errors, format!("{here}/body"), &unit.body, MAX_LESSON_CHARS);
            if unit.exercises.len() > MAX_PARTS {
                errors.push(FieldError::new(format!("{here}/exercises"), "too-long"));
            }
            if !seen.insert(unit.id) {
                errors.push(FieldError::new(format!("{here}/id"), "duplicate"));
            }
            activity::check_kept(&mut errors, &here, &unit.activities);
            let ids = unit.activities.iter().enumerate().map(|(at, activity)| (at, activity.id));
            for (at, _) in ids.filter(|(_, id)| !seen_activities.insert(*id)) {
                errors.push(FieldError::new(format!("{here}/activities/{at}/id"), "duplicate"));
            }
        }
    }
    errors
}

/// What stands between a content and its publication.
#[must_use]
pub fn validate_publication(content: &CourseContent) -> Vec<FieldError> {
    let mut errors = validate_draft(content);
    if content.modules.is_empty() {
        errors.push(FieldError::new("/modules", "required"));
    }
    if has_wordless_picture(&content.about.goals) {
        errors.push(FieldError::new("/about/goals", "picture-without-words"));
    }
    for (at, module) in content.modules.iter().enumerate() {
        check_module(&mut errors, &format!("/modules/{at}"), module);
    }
    errors
}

/// The lessons that show one of these recordings, itself or in an exercise, which are not there.
#[must_use]
pub fn lessons_without(content: &CourseContent, missing: &BTreeSet<RecordingName>) -> Vec<FieldError> {
    let is_without = |text: &str| recordings_of(text).any(|name| missing.contains(&name));
    let mut errors = Vec::new();
    for (at, module) in content.modules.iter().enumerate() {
        for (unit_at, unit) in module.units.iter().enumerate() {
            if texts(unit).any(is_without) {
                let pointer = format!("/modules/{at}/units/{unit_at}/body");
                errors.push(FieldError::new(pointer, "recording-missing"));
            }
        }
    }
    errors
}

fn check_module(errors: &mut Vec<FieldError>, here: &str, module: &Module) {
    required(errors, format!("{here}/title"), &module.title);
    if module.units.is_empty() {
        errors.push(FieldError::new(format!("{here}/units"), "required"));
    }
    for (at, unit) in module.units.iter().enumerate() {
        check_unit(errors, &format!("{here}/units/{at}"), unit);
    }
}

fn check_unit(errors: &mut Vec<FieldError>, here: &str, unit: &Unit) {
    required(errors, format!("{here}/title"), &unit.title);
    required(errors, format!("{here}/body"), &unit.body);
    if has_wordless_picture(&unit.body) {
        errors.push(FieldError::new(format!("{here}/body"), "picture-without-words"));
    }
    if !UNIT_MINUTES.contains(&unit.minutes) {
        errors.push(FieldError::new(format!("{here}/minutes"), "out-of-range"));
    }
    for (at, exercise) in unit.exercises.iter().enumerate() {
        let inside =
            |error: FieldError| FieldError { pointer: format!("{here}/exercises/{at}{}", error.pointer), ..error };
        errors.extend(validate_item(exercise).into_iter().map(inside));
    }
    activity::check_published(errors, here, &unit.activities);
}

fn text(errors: &mut Vec<FieldError>, pointer: String, text: &str, most: usize) {
    required(errors, pointer.clone(), text);
    at_most(errors, pointer, text, most);
}

fn required(errors: &mut Vec<FieldError>, pointer: String, text: &str) {
    if text.trim().is_empty() {
        errors.push(FieldError::new(pointer, "required"));
    }
}

fn at_most(errors: &mut Vec<FieldError>, pointer: String, text: &str, most: usize) {
    if text.chars().count() > most {
        errors.push(FieldError::new(pointer, "too-long"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        item_bank::{Item, ItemBody},
        learning::{Activity, ActivityBody, Takes},
    };

    fn content() -> CourseContent {
        let body = ItemBody::SingleChoice { options: vec!["a".into(), "b".into()], key: 0 };
        let exercise = Item { schema_version: 1, stem: "1 + 1".into(), body, explanation: String::new() };
        let unit = |id| Unit {
            id: UnitId(uuid::Uuid::from_u128(id)),
            title: "U".into(),
            minutes: 10,
            body: "Text".into(),
            exercises: vec![exercise.clone()],
            activities: Vec::new(),
        };
        let modules = vec![Module { title: "M".into(), units: vec![unit(1), unit(2)] }];
        CourseContent { modules, ..CourseContent::default() }
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut CourseContent), pointer: &str, code: &str) {
        let mut content = content();
        change(&mut content);
        let errors = validate_publication(&content);
        assert!(errors.contains(&FieldError::new(pointer, code)), "{errors:?}");
    }

    #[test]
    fn a_finished_content_can_be_published() {
        assert_eq!(validate_publication(&content()), []);
    }

    #[test]
    fn every_gap_is_named() {
        check(|content| content.modules.clear(), "/modules", "required");
        check(|content| content.modules[0].units.clear(), "/modules/0/units", "required");
        check(|content| content.modules[0].units[1].body.clear(), "/modules/0/units/1/body", "required");
        let wordless = |content: &mut CourseContent| content.modules[0].units[1].body = "![](/x)".into();
        check(wordless, "/modules/0/units/1/body", "picture-without-words");
        check(|content| content.about.goals = "![](/x)".into(), "/about/goals", "picture-without-words");
        check(|content| content.about.goals = "长".repeat(MAX_GOALS_CHARS + 1), "/about/goals", "too-long");
        check(|content| content.about.textbook = "长".repeat(MAX_TEXTBOOK_CHARS + 1), "/about/textbook", "too-long");
        check(|content| content.about.standard_year = Some(20), "/about/standard_year", "out-of-range");
        check(|content| content.modules[0].units[1].minutes = 0, "/modules/0/units/1/minutes", "out-of-range");
        check(
            |content| content.modules[0].units[0].exercises[0].stem.clear(),
            "/modules/0/units/0/exercises/0/stem",
            "required",
        );
        let same = |content: &mut CourseContent| content.modules[0].units[1].id = content.modules[0].units[0].id;
        check(same, "/modules/0/units/1/id", "duplicate");
        let assignment = || Activity {
            id: ActivityId(uuid::Uuid::nil()),
            title: "A".into(),
            is_required: false,
            body: ActivityBody::Assignment {
                task: String::new(),
                takes: Takes { may_write: true, photos: 0, files: 0 },
                rubric: Vec::new(),
            },
        };
        let twice = |content: &mut CourseContent| {
            content.modules[0].units[0].activities.push(assignment());
            content.modules[0].units[1].activities.push(assignment());
        };
        check(twice, "/modules/0/units/1/activities/0/id", "duplicate");
        check(twice, "/modules/0/units/0/activities/0/body/task", "required");
    }

    #[test]
    fn only_a_year_is_read_as_one() {
        let read = |text: &str| read_standard_year(text).ok();
        assert_eq!([read(" 2020 "), read(""), read(" ")], [Some(Some(2020)), Some(None), Some(None)]);
        for wrong in ["20", "2020年", "3000", "-1"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_unfinished_draft_may_stay_unfinished() {
        let mut content = content();
        content.modules[0].units[0].body.clear();
        content.modules[0].title.clear();
        assert_eq!(validate_draft(&content), []);
    }
}
