//! Study by a learner: units to read, and heartbeats that become intervals on the server's clock.

use super::{
    catalogue,
    classes::{Studied, studied},
    entity::study_interval,
    offline::weights,
    own_courses::{answers_of, my_course},
    standing::{Facts, units},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
        markdown,
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, CourseId, CourseVersionId, UnitId},
    item_bank::Item,
    learning::{
        CourseContent, Extension, Heartbeat, IntervalRules, Module, ModuleProgress, MyCourse, MyCourseMap, OtherPages,
        ReadingCheckRules, StudyInterval, StudyReceipt, Unit, UnitProgress, UnitView, askable, extend, reading_check,
    },
    rights::Place,
    time::Timestamp,
};
use std::sync::Arc;
use uuid::Uuid;

actions! {
    /// Study one's own courses.
    StudyCourses(AccountId) = StudyOwnCourse;
}

/// Lets the actor study.
///
/// # Errors
/// `forbidden` if they are no learner.
pub fn permit_study(actor: &Actor) -> AppResult<Permit<StudyCourses>> {
    authorize(actor, actor.account_id, &Place::Own { account: actor.account_id })
}

/// The courses that the learner studies.
pub(super) async fn my_courses(cx: &Services, permit: &Permit<StudyCourses>) -> AppResult<Vec<MyCourse>> {
    super::my_courses(cx, *permit.target()).await
}

/// The map of a course that the learner studies.
pub(super) async fn map(cx: &Services, permit: &Permit<StudyCourses>, id: CourseId) -> AppResult<MyCourseMap> {
    let studied = studied(cx, *permit.target()).await?;
    let studied = studied.iter().find(|studied| studied.course_id == id).ok_or_else(AppError::not_found)?;
    let facts = Facts::of(cx, *permit.target(), &[id]).await?;
    let content = studied.content(cx).await?;
    let bytes = weights(cx, studied.version_id, &content).await?;
    let modules = content.modules.iter().zip(bytes.iter()).map(|(module, bytes)| ModuleProgress {
        title: module.title.clone(),
        bytes: *bytes,
        units: module.units.iter().map(|unit| facts.progress(unit)).collect(),
    });
    let answers = answers_of(cx, *permit.target()).await?;
    Ok(MyCourseMap { course: my_course(cx, studied, (&facts, &answers)).await?, modules: modules.collect() })
}

/// A unit of a course that the learner studies.
pub(super) struct OwnUnit {
    account_id: AccountId,
    /// The course and its class.
    pub(super) studied: Studied,
    /// The version in which it was found.
    pub(super) version_id: CourseVersionId,
    version: i32,
    content: Arc<CourseContent>,
    module: usize,
    unit: usize,
}

impl OwnUnit {
    /// Finds a unit among the courses of a learner: in the version that the page `shown` has, else in the one that
    /// they study, else in any that they may study, so that no open page breaks when they go over.
    pub(super) async fn find(cx: &Services, account_id: AccountId, id: UnitId, shown: Option<i32>) -> AppResult<Self> {
        Self::find_where(cx, account_id, shown, |unit| unit.id == id).await
    }

    /// The same, by what the unit has.
    pub(super) async fn find_where(
        cx: &Services,
        account_id: AccountId,
        shown: Option<i32>,
        is_it: impl Fn(&Unit) -> bool,
    ) -> AppResult<Self> {
        for studied in studied(cx, account_id).await? {
            for (version_id, version) in studied.versions(shown) {
                let content = catalogue::content(cx, version_id).await?;
                let place = content
                    .modules
                    .iter()
                    .enumerate()
                    .find_map(|(module, one)| one.units.iter().position(&is_it).map(|unit| (module, unit)));
                if let Some((module, unit)) = place {
                    return Ok(Self { account_id, studied, version_id, version, content, module, unit });
                }
            }
        }
        Err(AppError::not_found())
    }

    /// What is read.
    pub(super) fn unit(&self) -> &Unit {
        &self.content.modules[self.module].units[self.unit]
    }

    /// One of its exercises.
    pub(super) fn exercise(&self, index: usize) -> AppResult<&Item> {
        self.unit().exercises.get(index).ok_or_else(AppError::not_found)
    }

    /// Where it stands now.
    pub(super) async fn progress(&self, cx: &Services, account_id: AccountId) -> AppResult<UnitProgress> {
        let (of_unit, now) = ((self.studied.course_id, self.unit().id), cx.clock.now());
        Ok(Facts::of_unit(cx, account_id, of_unit, now).await?.progress(self.unit()))
    }
}

/// A unit where it stands in its course.
pub(super) struct Lesson<'a> {
    /// The course.
    pub(super) course_id: CourseId,
    /// Its title.
    pub(super) course_title: &'a str,
    /// Number of its version.
    pub(super) version: i32,
    /// What the course holds.
    pub(super) content: &'a CourseContent,
    /// The module that the unit is of.
    pub(super) module: &'a Module,
    /// The unit.
    pub(super) unit: &'a Unit,
}

impl Lesson<'_> {
    /// The unit as its learner reads it, its texts drawn by `render`, what can be chosen by `words`. No key is in it.
    pub(super) fn view(
        &self,
        facts: &Facts,
        render: impl Fn(&str) -> String,
        words: impl Fn(&str) -> String,
    ) -> UnitView {
        let unit = self.unit;
        UnitView {
            course_id: self.course_id,
            course_title: self.course_title.to_owned(),
            module_title: self.module.title.clone(),
            version: self.version,
            progress: facts.progress(unit),
            html: render(&unit.body),
            exercises: unit.exercises.iter().map(|exercise| exercise.for_learner(&render, &words)).collect(),
            done: (0..unit.exercises.len()).map(|exercise| facts.is_done(unit, exercise)).collect(),
            activities: unit.activities.iter().map(|activity| activity.view(&render)).collect(),
            done_in_tools: facts.scores.done(unit),
            next: units(self.content).skip_while(|other| other.id != unit.id).nth(1).map(|next| next.id),
        }
    }
}

/// A unit, as the learner reads it.
pub(super) async fn unit(cx: &Services, permit: &Permit<StudyCourses>, id: UnitId) -> AppResult<UnitView> {
    let own = OwnUnit::find(cx, *permit.target(), id, None).await?;
    let course_id = own.studied.course_id;
    let facts = Facts::of(cx, *permit.target(), &[course_id]).await?;
    let course_title = super::course(cx, course_id).await?.title;
    let lesson = Lesson {
        course_id,
        course_title: &course_title,
        version: own.version,
        content: &own.content,
        module: &own.content.modules[own.module],
        unit: own.unit(),
    };
    Ok(lesson.view(&facts, markdown::render_lesson, markdown::render))
}

/// Takes a heartbeat. The time that counts is the server's; a repeat within the same instant, or
/// one that comes late, changes nothing.
///
/// # Errors
/// `not-found` if no class of the learner studies the unit; `out-of-range` beyond 100 per cent.
pub async fn beat(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    id: UnitId,
    heartbeat: &Heartbeat,
) -> AppResult<StudyReceipt> {
    if heartbeat.read_pct > 100 {
        return Err(AppError::field("/read_pct", "out-of-range"));
    }
    let account_id = *permit.target();
    let own = OwnUnit::find(cx, account_id, id, heartbeat.version).await?;
    let received_at = cx.clock.now();
    // An interval is its own record of who studied what and when: no audit row for each heartbeat.
    let stretch = cx.db.write_journal(async |conn| take(cx, conn, &own, heartbeat, received_at).await).await?;
    // A heartbeat comes every 20 s from everybody who studies: what they did in years is not asked for.
    let today = Timestamp::of_day_in_china(received_at.date_in_china());
    let facts = Facts::of_unit(cx, account_id, (own.studied.course_id, id), today).await?;
    let check = stretch.and_then(|stretch| {
        let (unit, rules) = (own.unit(), ReadingCheckRules::default());
        reading_check(&stretch, facts.last_answer(unit.id), heartbeat.stream, &askable(&unit.exercises), rules)
    });
    Ok(StudyReceipt {
        received_at,
        progress: facts.progress(own.unit()),
        is_elsewhere: stretch.is_none(),
        today: facts.today(&own.studied.class.division, received_at),
        check,
    })
}

/// Joins a heartbeat to what is stored; the stretch of the page that it belongs to, or none if the learner reads
/// elsewhere. How far a unit has been read counts wherever it was read.
async fn take(
    cx: &Services,
    conn: &impl ConnectionTrait,
    own: &OwnUnit,
    heartbeat: &Heartbeat,
    received_at: Timestamp,
) -> AppResult<Option<StudyInterval>> {
    let (account_id, unit_id, read_pct) = (own.account_id, own.unit().id, i32::from(heartbeat.read_pct));
    store::lock_learner(conn, account_id).await?;
    let mine = store::last_interval_of(conn, account_id, unit_id, heartbeat.stream).await?;
    let others = other_pages(conn, account_id, (unit_id, heartbeat.stream)).await?;
    let before = mine.as_ref().map(interval);
    let extension = extend(before.as_ref(), &others, received_at, IntervalRules::default());
    match (extension, mine) {
        (Extension::New(new), _) => {
            let row = study_interval::Model {
                id: cx.ids.uuid(),
                account_id,
                course_id: own.studied.course_id,
                unit_id,
                stream: heartbeat.stream,
                from_at: new.from,
                to_at: new.until,
                read_pct,
                entry_id: None,
            };
            store::insert_interval(conn, row).await?;
        }
        (Extension::Longer(longer), Some(row)) => {
            store::extend_interval(conn, row.id, longer.until, read_pct.max(row.read_pct)).await?;
        }
        (_, Some(row)) if read_pct > row.read_pct => {
            store::extend_interval(conn, row.id, row.to_at, read_pct).await?;
        }
        _ => {}
    }
    Ok(match extension {
        Extension::New(stretch) | Extension::Longer(stretch) => Some(stretch),
        Extension::Unchanged => before,
        Extension::Elsewhere => None,
    })
}

/// What stands on the learner's pages beside this one.
async fn other_pages(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    page: (UnitId, Uuid),
) -> AppResult<OtherPages> {
    let last = store::last_interval(conn, account_id).await?;
    let newest = store::newest_interval(conn, account_id).await?;
    Ok(OtherPages {
        covered_until: last.map(|row| row.to_at),
        begun_since: newest.filter(|row| (row.unit_id, row.stream) != page).as_ref().map(interval),
    })
}

fn interval(row: &study_interval::Model) -> StudyInterval {
    StudyInterval { from: row.from_at, until: row.to_at }
}
