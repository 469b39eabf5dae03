//! 学情: where the learners of a class are in its courses, and who needs help first. Worked out of a few statements
//! for the whole class, whatever its size; contents of published versions are kept in memory.

pub(super) mod routes;
mod units;

use super::{
    entity::class_member,
    following::{self, FollowClass},
    offers::{self, Offers},
    reminders,
    standing::Facts,
    store,
};
use crate::{
    access::{Actor, Permit},
    exports::{self, Cell, Filter, List, Part, named, worded},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
        words::{day, word},
    },
};
use actix_web::HttpResponse;
use shared::{
    ids::{AccountId, ClassId, CourseId},
    learning::{
        CourseContent, HelpRules, LearnerCourse, LearnerStudy, MemberState, Presence, StudyReason, StudyState,
        in_state, sort_by_need, study_reason,
    },
    page::Page,
    time::Timestamp,
};
use std::{collections::HashMap, sync::Arc};

/// Which list it is.
const LIST: &str = "class_study";
/// Its columns.
const COLUMNS: [&str; 9] =
    ["name", "course", "state", "why", "task_points", "completed", "studied", "last_studied_on", "reminded_on"];

/// A course of a class.
pub(super) struct Taught {
    /// The course.
    pub(super) id: CourseId,
    /// Its title.
    pub(super) title: String,
    /// The versions that its learners study.
    offers: Offers,
    /// What these hold.
    contents: Vec<Arc<CourseContent>>,
}

impl Taught {
    /// What a learner with these facts studies of it.
    pub(super) fn content(&self, facts: &Facts) -> Option<&CourseContent> {
        self.offers.content_at_hand(&self.contents, self.id, facts)
    }

    /// What its newest version holds.
    fn newest(&self) -> Option<&CourseContent> {
        self.contents.last().map(|content| &**content)
    }
}

/// The courses of a class, by code.
pub(super) async fn taught(cx: &Services, id: ClassId) -> AppResult<Vec<Taught>> {
    let rows = store::list_class_courses(cx.db.read(), &[id]).await?;
    let versions: HashMap<_, _> = rows.into_iter().map(|row| (row.course_id, row.course_version_id)).collect();
    let ids: Vec<_> = versions.keys().copied().collect();
    let published = offers::published(cx, &ids).await?;
    let mut courses = store::list_courses_by_ids(cx.db.read(), &ids).await?;
    courses.sort_by(|one, other| one.code.cmp(&other.code));
    let mut taught = Vec::with_capacity(courses.len());
    for course in courses {
        let Some(version) = versions.get(&course.id) else { continue };
        let offers = Offers::since(&published, course.id, *version);
        let contents = offers.contents(cx).await?;
        taught.push(Taught { id: course.id, title: course.title, offers, contents });
    }
    Ok(taught)
}

/// The learners who are in a class, or those of them in one state; who needs help first comes first.
///
/// # Errors
/// If the store fails.
pub(super) async fn list(
    cx: &Services,
    permit: &Permit<FollowClass>,
    state: Option<StudyState>,
) -> AppResult<Vec<LearnerStudy>> {
    Ok(in_state(learners(cx, *permit.target()).await?, state))
}

/// The learners who are in a class, who needs help first comes first. Whether somebody may know is for the caller to
/// ask.
pub(super) async fn learners(cx: &Services, id: ClassId) -> AppResult<Vec<LearnerStudy>> {
    let members = store::list_all_members(cx.db.read(), id, Some(MemberState::In)).await?;
    let accounts: Vec<AccountId> = members.iter().map(|member| member.account_id).collect();
    let taught = taught(cx, id).await?;
    let courses: Vec<_> = taught.iter().map(|course| course.id).collect();
    let names = identity::names_of(cx, &accounts).await?;
    let mut facts = Facts::of_each(cx, &accounts, &courses).await?;
    let class = store::find_class(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let mut reminders = reminders::last_reminders(cx, id).await?;
    let now = cx.clock.now();
    let learner = |member: class_member::Model| {
        let facts = facts.remove(&member.account_id).unwrap_or_default();
        LearnerStudy {
            account_id: member.account_id,
            display_name: names.get(&member.account_id).cloned().unwrap_or_default(),
            courses: in_courses(&member, &facts, (&taught, &class.division), now),
            last_reminder: reminders.remove(&member.account_id),
        }
    };
    let mut learners: Vec<_> = members.into_iter().map(learner).collect();
    sort_by_need(&mut learners);
    Ok(learners)
}

fn in_courses(
    member: &class_member::Model,
    facts: &Facts,
    (taught, division): (&[Taught], &str),
    now: Timestamp,
) -> Vec<LearnerCourse> {
    let last_at = taught.iter().filter_map(|course| facts.last_at(course.id)).max();
    let presence = Presence { joined_at: member.joined_at, last_at };
    let course = |course: &Taught| {
        let content = course.content(facts)?;
        let reason = study_reason(&facts.study(course.id, content, division), &presence, now, &HelpRules::USUAL);
        Some(LearnerCourse {
            course_id: course.id,
            course_title: course.title.clone(),
            standing: facts.standing(course.id, content, division),
            last_at: facts.last_at(course.id),
            state: reason.state(),
            reason,
        })
    };
    taught.iter().filter_map(course).collect()
}

/// The same as a file, one row a learner and course.
///
/// # Errors
/// `not-found` for who does not follow the class.
pub(super) async fn export(
    cx: &Services,
    actor: &Actor,
    id: ClassId,
    state: Option<StudyState>,
) -> AppResult<HttpResponse> {
    let permit = following::permit_follow(cx, actor, id).await?;
    let learners = list(cx, &permit, state).await?;
    let class = Part { asked: id.to_string(), shown: super::class(cx, id).await?.name };
    let filter = Filter::default()
        .and("class", Some(class))
        .and("study", worded("classes.study", state.map(StudyState::as_str)));
    let rows: Vec<_> = learners.iter().flat_map(rows).collect();
    let list = List::new(LIST, &COLUMNS, filter);
    exports::take(cx, &permit, list, async |_| Ok(Page { items: rows.clone(), next_cursor: None })).await
}

fn rows(learner: &LearnerStudy) -> Vec<Vec<Cell>> {
    let row = |course: &LearnerCourse| {
        vec![
            learner.display_name.clone().into(),
            course.course_title.clone().into(),
            named("classes.study", Some(course.state.as_str())),
            sentence(&course.reason).into(),
            u32::from(course.standing.task_points).into(),
            u32::from(course.standing.completed).into(),
            course.standing.studied_minutes.into(),
            course.last_at.map(day).into(),
            learner.last_reminder.as_ref().map(|reminder| day(reminder.at)).into(),
        ]
    };
    learner.courses.iter().map(row).collect()
}

/// Why a learner is where they are, in Chinese.
fn sentence(reason: &StudyReason) -> String {
    let of = |key: &str, parts: &[(&str, String)]| {
        let fill = |text: String, (name, value): &(&str, String)| text.replace(&format!("{{{{ {name} }}}}"), value);
        parts.iter().fold(word(&format!("classes.why_{key}")).to_owned(), fill)
    };
    match reason {
        StudyReason::Quiet { days } => of("quiet", &[("days", days.to_string())]),
        StudyReason::QuietSinceJoining { days } => of("quiet_since_joining", &[("days", days.to_string())]),
        StudyReason::Tries { unit_title, tries } => {
            of("tries", &[("tries", tries.to_string()), ("unit", unit_title.clone())])
        }
        StudyReason::LongUnit { unit_title, days } => {
            of("long_unit", &[("days", days.to_string()), ("unit", unit_title.clone())])
        }
        StudyReason::NotBegun => of("not_begun", &[]),
        StudyReason::Missing { missing } => of("missing", &[("missing", missing.to_string())]),
        StudyReason::Complete => of("complete", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_whole_sentence() {
        let unit_title = "第一课".to_owned();
        let reasons = [
            StudyReason::Quiet { days: 15 },
            StudyReason::QuietSinceJoining { days: 15 },
            StudyReason::Tries { unit_title: unit_title.clone(), tries: 4 },
            StudyReason::LongUnit { unit_title, days: 8 },
            StudyReason::NotBegun,
            StudyReason::Missing { missing: 2 },
            StudyReason::Complete,
        ];
        for reason in reasons {
            let sentence = sentence(&reason);
            assert!(!sentence.is_empty() && !sentence.contains('{'), "{reason:?}: {sentence}");
        }
    }
}
