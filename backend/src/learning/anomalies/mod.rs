//! What is unusual in the study of a class: found in the facts at every look, and noted by who has looked into it. It
//! changes nothing for the learner.

pub(super) mod routes;

use super::{
    entity::{anomaly_look, exercise_answer, study_interval},
    following::FollowClass,
    offers::{self, Offers},
    standing::units,
    store,
};
use crate::{
    access::Permit,
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ClassId, UnitId},
    learning::{
        Anomaly, AnomalyLook, AnomalyRules, AnomalyView, NewAnomalyLook, StudyFact, StudyInterval, TryFact, Unit,
        anomalies, anomaly_mark, askable,
    },
    problem::ProblemCode,
    time::Timestamp,
};
use std::collections::HashMap;

/// How long something stays on the list, in seconds.
const SHOWN_S: i64 = 90 * 86_400;

/// What is unusual among the learners of a class in its courses, the latest first.
pub(super) async fn list(cx: &Services, permit: &Permit<FollowClass>) -> AppResult<Vec<AnomalyView>> {
    let id = *permit.target();
    let units = known_units(cx, id).await?;
    let found = find(cx.db.read(), id, &units, cx.clock.now()).await?;
    let looks = store::list_anomaly_looks(cx.db.read(), id).await?;
    let learners = found.iter().flat_map(|one| [Some(one.learner), one.other]).flatten();
    let people: Vec<AccountId> = learners.chain(looks.iter().map(|look| look.looked_by)).collect();
    let names = identity::names_of(cx, &people).await?;
    let name = |id: AccountId| names.get(&id).cloned().unwrap_or_default();
    let view = |one: Anomaly| {
        let mark = mark_of(&one);
        let look = looks.iter().find(|look| look.mark == mark);
        AnomalyView {
            kind: one.kind,
            fact: one.fact,
            with_fact: one.with_fact,
            learner_name: name(one.learner),
            other_name: one.other.map(name),
            unit_title: one.unit.and_then(|unit| Some(units.get(&unit)?.title.clone())),
            from: one.from,
            until: one.until,
            count: one.count,
            look: look.map(|look| AnomalyLook {
                note: look.note.clone(),
                by_name: name(look.looked_by),
                at: look.looked_at,
            }),
        }
    };
    Ok(found.into_iter().map(view).collect())
}

/// Notes that somebody has looked into something unusual, once.
///
/// # Errors
/// The field `/note`; `not-found` if there is nothing of the kind, `wrong-state` if somebody has noted it before.
pub(super) async fn look(
    cx: &Services,
    permit: &Permit<FollowClass>,
    key: &IdempotencyKey,
    given: &NewAnomalyLook,
) -> AppResult<AnomalyView> {
    let note = given.check().map_err(|error| AppError::Invalid(vec![error]))?;
    let (class_id, by) = (*permit.target(), permit.person()?);
    let mark = anomaly_mark(given.kind, given.fact, given.with_fact);
    let units = known_units(cx, class_id).await?;
    cx.db
        .write(permit, async |tx| {
            once(tx, by, key, &(class_id, given), async || {
                if !find(tx.conn(), class_id, &units, tx.now()).await?.iter().any(|one| mark_of(one) == mark) {
                    return Err(AppError::not_found());
                }
                let (mark, note) = (mark.clone(), note.clone());
                let row = anomaly_look::Model { class_id, mark, note, looked_by: by, looked_at: tx.now() };
                if !store::insert_anomaly_look(tx.conn(), row).await? {
                    return Err(AppError::Problem(ProblemCode::WrongState));
                }
                tx.note("kind", given.kind.as_str());
                tx.note("fact", given.fact.to_string());
                Ok(())
            })
            .await
        })
        .await?;
    let noted = |one: &AnomalyView| anomaly_mark(one.kind, one.fact, one.with_fact) == mark;
    list(cx, permit).await?.into_iter().find(noted).ok_or_else(AppError::not_found)
}

/// What is unusual in a class, of what ended in the days before `now` that are shown.
async fn find(
    conn: &impl ConnectionTrait,
    id: ClassId,
    units: &HashMap<UnitId, KnownUnit>,
    now: Timestamp,
) -> AppResult<Vec<Anomaly>> {
    let members = store::list_members(conn, id).await?;
    let courses = store::list_class_courses(conn, &[id]).await?;
    let courses: Vec<_> = courses.into_iter().map(|row| row.course_id).collect();
    let intervals = store::list_intervals(conn, &members).await?;
    let of_class = intervals.iter().filter(|row| courses.contains(&row.course_id));
    let studies: Vec<_> = of_class.map(|row| study(row, units.get(&row.unit_id))).collect();
    let tries: Vec<_> = store::list_answers(conn, &members, &courses).await?.into_iter().map(tried).collect();
    let since = now.plus_s(-SHOWN_S);
    let mut found = anomalies(&studies, &tries, &AnomalyRules::default());
    found.retain(|one| one.until >= since);
    Ok(found)
}

/// A phone without a network asks nobody anything.
fn study(row: &study_interval::Model, unit: Option<&KnownUnit>) -> StudyFact {
    let interval = StudyInterval { from: row.from_at, until: row.to_at };
    let is_asked = row.entry_id.is_none() && unit.is_some_and(|unit| unit.asks);
    StudyFact { id: row.id, learner: row.account_id, unit: row.unit_id, interval, is_asked }
}

fn tried(row: exercise_answer::Model) -> TryFact {
    TryFact {
        id: row.id,
        learner: row.account_id,
        unit: row.unit_id,
        version: row.course_version_id,
        exercise: row.exercise,
        response: row.response,
        is_right: row.is_right,
        at: row.answered_at,
    }
}

fn mark_of(one: &Anomaly) -> String {
    anomaly_mark(one.kind, one.fact, one.with_fact)
}

/// A unit that learners of a class may study.
struct KnownUnit {
    title: String,
    /// Whether who reads it for long is asked an exercise of it.
    asks: bool,
}

impl KnownUnit {
    fn of(unit: &Unit) -> Self {
        Self { title: unit.title.clone(), asks: !askable(&unit.exercises).is_empty() }
    }
}

/// The units that learners of a class may study, each as its newest version has it.
async fn known_units(cx: &Services, id: ClassId) -> AppResult<HashMap<UnitId, KnownUnit>> {
    let rows = store::list_class_courses(cx.db.read(), &[id]).await?;
    let courses: Vec<_> = rows.iter().map(|row| row.course_id).collect();
    let published = offers::published(cx, &courses).await?;
    let mut known = HashMap::new();
    for row in rows {
        for content in Offers::since(&published, row.course_id, row.course_version_id).contents(cx).await? {
            known.extend(units(&content).map(|unit| (unit.id, KnownUnit::of(unit))));
        }
    }
    Ok(known)
}
