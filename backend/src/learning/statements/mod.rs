//! What was done in courses, as statements of the Experience API for systems that are not ours: of a class, handed over
//! by who follows it or read by a system that was let, and one's own.

mod lrs;
pub(super) mod routes;

pub use lrs::statement_resources;

use super::{
    class_study::{Taught, taught},
    classes::ever_studied,
    entity::{exercise_answer, study_interval},
    following,
    standing::{Facts, units},
    store::{self, HandInFact},
    study::StudyCourses,
};
use crate::{
    access::{Actor, Permit},
    exports::{self, Filter, Part},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use actix_web::HttpResponse;
use serde::Deserialize;
use serde_json::Value;
use shared::{
    ids::{AccountId, ClassId, CourseId},
    learning::{
        CourseContent, DeedKind, DeedWords, IntervalRules, StudyDeed, course_completed_at, in_sessions, statement,
        statement_faults,
    },
    time::Timestamp,
};
use std::collections::BTreeSet;

/// Below the public address, where systems that were let read ask.
pub(super) const ADDRESS: &str = "/xapi";
/// What the document is called.
const NAME: &str = "class_statements";
/// What one's own document is called.
const OWN_NAME: &str = "chengxi-own-statements";

/// Whose statements are told, and of what.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
struct Which {
    /// Those of this learner; without it, of everybody in the class.
    learner: Option<AccountId>,
    /// Those of this course; without it, of every course of the class.
    course: Option<CourseId>,
}

impl Which {
    /// What the audit log keeps of it, beside the class.
    fn noted(self, filter: Filter) -> Filter {
        let filter = match self.learner {
            Some(learner) => filter.noting("learner", learner.to_string()),
            None => filter,
        };
        match self.course {
            Some(course) => filter.noting("course", course.to_string()),
            None => filter,
        }
    }
}

/// The statements of who is in a class, in its courses, the first first. That somebody takes them is audited.
///
/// # Errors
/// `not-found` for who does not follow the class, and for a learner who is not in it or a course that it does not
/// study; what `exports::take_document` fails with.
async fn of_class(cx: &Services, actor: &Actor, id: ClassId, which: Which) -> AppResult<HttpResponse> {
    let permit = following::permit_follow(cx, actor, id).await?;
    let mut members = store::list_members(cx.db.read(), id).await?;
    members.retain(|member| which.learner.is_none_or(|learner| learner == *member));
    let mut taught = taught(cx, id).await?;
    taught.retain(|taught| which.course.is_none_or(|course| course == taught.id));
    if (which.learner.is_some() && members.is_empty()) || (which.course.is_some() && taught.is_empty()) {
        return Err(AppError::not_found());
    }
    let told = Told::of_class(cx, &members, &taught).await?;
    let class = Part { asked: id.to_string(), shown: super::class(cx, id).await?.name };
    let filter = which.noted(Filter::default().and("class", Some(class)));
    exports::take_document(cx, &permit, (NAME, filter), told.statements()).await
}

/// The learner's own statements, the first first.
async fn own(cx: &Services, permit: &Permit<StudyCourses>) -> AppResult<HttpResponse> {
    let account_id = *permit.target();
    let studied = ever_studied(cx, account_id).await?;
    let courses: BTreeSet<CourseId> = studied.iter().map(|studied| studied.course_id).collect();
    let courses: Vec<_> = courses.into_iter().collect();
    let mut told = Told::of(cx, &[account_id], &courses).await?;
    let facts = Facts::of(cx, account_id, &courses).await?;
    let mut seen = BTreeSet::new();
    // Of a course that several classes studied, what the first of them tells is its end.
    for studied in studied.iter().filter(|studied| seen.insert(studied.course_id)) {
        let title = super::course(cx, studied.course_id).await?.title;
        told.add_course((studied.course_id, &title), &*studied.content(cx).await?, (account_id, &facts));
    }
    Ok(exports::json_document(OWN_NAME, told.in_sessions(cx.clock.now()).statements()))
}

/// What is told, and what things are called.
struct Told {
    deeds: Vec<StudyDeed>,
    words: DeedWords,
}

impl Told {
    /// What these learners of a class did in these courses of it, in sessions.
    async fn of_class(cx: &Services, members: &[AccountId], taught: &[Taught]) -> AppResult<Self> {
        let courses: Vec<_> = taught.iter().map(|course| course.id).collect();
        let mut told = Self::of(cx, members, &courses).await?;
        let facts = Facts::of_each(cx, members, &courses).await?;
        for (learner, facts) in &facts {
            for course in taught {
                let Some(content) = course.content(facts) else { continue };
                told.add_course((course.id, &course.title), content, (*learner, facts));
            }
        }
        Ok(told.in_sessions(cx.clock.now()))
    }

    /// What these learners read, answered and handed in of these courses. A stretch of reading may still grow.
    async fn of(cx: &Services, accounts: &[AccountId], courses: &[CourseId]) -> AppResult<Self> {
        let conn = cx.db.read();
        let intervals = store::list_intervals(conn, accounts).await?;
        let is_of_courses = |row: &&study_interval::Model| courses.contains(&row.course_id);
        let mut deeds: Vec<_> = intervals.iter().filter(is_of_courses).map(read).collect();
        deeds.extend(store::list_answers(conn, accounts, courses).await?.into_iter().map(answered));
        deeds.extend(store::list_hand_in_facts(conn, accounts, courses).await?.iter().map(handed_in));
        let home = cx.config.public_url.clone();
        Ok(Self { deeds, words: DeedWords { home, ..DeedWords::default() } })
    }

    /// Adds what of a course a learner has completed, and how it is called.
    fn add_course(
        &mut self,
        (course_id, title): (CourseId, &str),
        content: &CourseContent,
        (learner, facts): (AccountId, &Facts),
    ) {
        self.words.courses.insert(course_id, title.to_owned());
        self.words.units.extend(units(content).map(|unit| (unit.id, unit.title.clone())));
        let deed = |at: Timestamp, kind: DeedKind| StudyDeed { learner, course_id, at, kind, session: None };
        let of_units = units(content).filter_map(|unit| {
            let kind = DeedKind::CompletedUnit { unit: unit.id };
            Some(deed(facts.completed_at(unit)?, kind))
        });
        self.deeds.extend(of_units);
        let rules = facts.study_rules(course_id);
        let completed_at = course_completed_at(content, |unit| facts.completed_at(unit), &rules);
        self.deeds.extend(completed_at.map(|at| deed(at, DeedKind::CompletedCourse)));
    }

    /// The same in sessions, as they are at an instant.
    fn in_sessions(self, now: Timestamp) -> Self {
        Self { deeds: in_sessions(self.deeds, now, IntervalRules::default()), ..self }
    }

    /// Each when it is asked for: a statement is many times larger than the deed.
    fn statements(self) -> impl ExactSizeIterator<Item = AppResult<Value>> + 'static {
        let Self { mut deeds, words } = self;
        deeds.sort_by_cached_key(StudyDeed::place);
        deeds.into_iter().map(move |deed| faultless(statement(&deed, &words)))
    }
}

/// A statement that the system which takes it will not refuse.
fn faultless(statement: Value) -> AppResult<Value> {
    let faults = statement_faults(&statement);
    if faults.is_empty() { Ok(statement) } else { Err(AppError::internal(format!("a statement with {faults:?}"))) }
}

/// Reading is told when it ended.
fn read(row: &study_interval::Model) -> StudyDeed {
    let kind = DeedKind::Read { unit: row.unit_id, fact: row.id, ms: row.to_at.ms_since(row.from_at) };
    StudyDeed { learner: row.account_id, course_id: row.course_id, at: row.to_at, kind, session: None }
}

fn answered(row: exercise_answer::Model) -> StudyDeed {
    let kind = DeedKind::Answered {
        unit: row.unit_id,
        fact: row.id,
        exercise: row.exercise,
        response: row.response,
        is_right: row.is_right,
    };
    StudyDeed { learner: row.account_id, course_id: row.course_id, at: row.answered_at, kind, session: None }
}

fn handed_in(fact: &HandInFact) -> StudyDeed {
    let kind = DeedKind::HandedIn { unit: fact.unit_id, activity: fact.activity_id };
    StudyDeed { learner: fact.account_id, course_id: fact.course_id, at: fact.handed_in_at, kind, session: None }
}
