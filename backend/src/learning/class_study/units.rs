//! Where the learners of a class are, unit by unit.

use super::{Taught, taught};
use crate::{
    access::Permit,
    identity,
    learning::{
        following::FollowClass,
        standing::{Facts, units},
        store,
    },
    platform::{Services, error::AppResult},
};
use shared::{
    ids::AccountId,
    learning::{ClassUnitStudy, Classmate, CourseContent, CourseUnits, MemberState, ModuleUnits, Unit, UnitStudy},
};
use std::collections::HashMap;

/// Who of the class has completed what, in the newest version of each of its courses.
///
/// # Errors
/// If the store fails.
pub(super) async fn list(cx: &Services, permit: &Permit<FollowClass>) -> AppResult<ClassUnitStudy> {
    let id = *permit.target();
    let members = store::list_all_members(cx.db.read(), id, Some(MemberState::In)).await?;
    let accounts: Vec<AccountId> = members.iter().map(|member| member.account_id).collect();
    let learners = by_name(accounts.iter().copied(), &identity::names_of(cx, &accounts).await?);
    let taught = taught(cx, id).await?;
    let courses: Vec<_> = taught.iter().map(|course| course.id).collect();
    let facts = Facts::of_each(cx, &accounts, &courses).await?;
    let courses = taught.iter().map(|course| course_units(course, &learners, &facts)).collect();
    Ok(ClassUnitStudy { learners, courses })
}

fn by_name(accounts: impl Iterator<Item = AccountId>, names: &HashMap<AccountId, String>) -> Vec<Classmate> {
    let classmate = |account_id| {
        let display_name = names.get(&account_id).cloned().unwrap_or_default();
        Classmate { account_id, display_name }
    };
    let mut classmates: Vec<_> = accounts.map(classmate).collect();
    classmates.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    classmates
}

fn course_units(course: &Taught, learners: &[Classmate], facts: &HashMap<AccountId, Facts>) -> CourseUnits {
    let nothing = Facts::default();
    // Each in the version that they study: what is asked there counts.
    let studied: Vec<(&Facts, Option<&CourseContent>)> = learners
        .iter()
        .map(|learner| {
            let facts = facts.get(&learner.account_id).unwrap_or(&nothing);
            (facts, course.content(facts))
        })
        .collect();
    let unit_study = |unit: &Unit| {
        let progress = |(facts, content): &(&Facts, Option<&CourseContent>)| {
            let own = units((*content)?).find(|own| own.id == unit.id)?;
            Some(facts.progress(own))
        };
        UnitStudy::count(unit.id, &unit.title, &studied.iter().map(progress).collect::<Vec<_>>())
    };
    let modules = course.newest().into_iter().flat_map(|content| &content.modules).map(|module| ModuleUnits {
        title: module.title.clone(),
        units: module.units.iter().map(&unit_study).collect(),
    });
    CourseUnits { course_id: course.id, course_title: course.title.clone(), modules: modules.collect() }
}
