//! What was entered of a record is put right while it is being filled in, as after a return; and what its learner
//! has learnt before, at their own request, whenever that is.

use super::{
    desk::have_our_diploma,
    entity::student_record,
    place::permit,
    rows::{day, education_of, enrolled_on, level_of, row_of_rule, rule},
    rules::rules_at,
    steps::{KeepRecord, Step, apply, judge, note_amended},
    store,
};
use crate::{
    access::Actor,
    people::{self, RightEducation},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use jiff::civil::Date;
use serde_json::json;
use shared::{
    enrolment::{
        AmendEnrolment, Enrolment, EnrolmentFacts, EnrolmentRefusal, EnrolmentRule, RecordStep, Schooling,
        judge_enrolment, judge_schooling, rules_kept,
    },
    ids::StudentRecordId,
    organisation::DivisionCode,
    problem::ProblemCode,
};

/// What decides beside the record itself.
pub(super) struct Grounds {
    pub(super) residence: DivisionCode,
    pub(super) born: Date,
    /// Every row that may hold at the residence.
    pub(super) rules: Vec<EnrolmentRule>,
}

/// Changes level, schooling and literacy of a record that is as the actor has seen it. The rules judge it as on the
/// day of enrolment.
///
/// # Errors
/// `not-found`, `forbidden`, `stale`, `wrong-state`, the field `/level`, or [`EnrolmentRefusal`].
pub(super) async fn amend(
    cx: &Services,
    actor: &Actor,
    id: StudentRecordId,
    seen: i32,
    wanted: &AmendEnrolment,
) -> AppResult<()> {
    let (permit, row) = permit::<KeepRecord>(cx, actor, id).await?;
    let by = permit.person()?;
    let grounds = grounds(cx, &row).await?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_record(tx.conn(), id).await?;
            if row.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            let next = judge(tx, &row, RecordStep::Amend, by, "").await?;
            let row = amended(tx, row, &grounds, wanted).await?;
            store::amend_record(tx.conn(), &row).await?;
            let step = Step { step: RecordStep::Amend, next, by: Some(by), reason: "" };
            apply(cx, tx, row, &step, None).await
        })
        .await
}

pub(super) async fn grounds(cx: &Services, row: &student_record::Model) -> AppResult<Grounds> {
    let missing = |what: &str| AppError::internal(format!("a record without {what}"));
    let person = people::facts(cx, row.person_id).await?.ok_or_else(|| missing("a person"))?;
    let residence = DivisionCode::parse(&row.residence_division).ok_or_else(|| missing("a residence"))?;
    let born = person.birth_date.ok_or_else(|| missing("a birth date"))?;
    Ok(Grounds { residence, born, rules: rules_at(cx, residence).await? })
}

/// The record as it is to be, if the rules allow it. What changes is noted, as it was and as it is.
async fn amended(
    tx: &Tx,
    row: student_record::Model,
    grounds: &Grounds,
    wanted: &AmendEnrolment,
) -> AppResult<student_record::Model> {
    let (level, education) = (level_of(&row)?, education_of(&row));
    if row.learner_number.is_some() && level != wanted.level {
        // The number tells the level.
        return Err(AppError::field("/level", "unchangeable"));
    }
    let records = store::list_of_person(tx.conn(), row.person_id).await?;
    let enrolment = judged(&row, &records, grounds, wanted)?.map_err(AppError::refused)?;
    store::keep_rule(tx.conn(), row_of_rule(&enrolment.rule)).await?;
    if level != wanted.level {
        tx.note("level", json!([level, wanted.level]));
    }
    if education != wanted.education_level {
        tx.note("education_level", json!([education, wanted.education_level]));
    }
    if row.is_literate != wanted.is_literate {
        tx.note("is_literate", json!([row.is_literate, wanted.is_literate]));
    }
    Ok(student_record::Model {
        level: wanted.level.as_str().to_owned(),
        education_level: wanted.education_level.map(|level| level.code().to_owned()),
        is_literate: wanted.is_literate,
        rule_region: enrolment.rule.region.as_str().to_owned(),
        rule_valid_from: enrolment.rule.valid_from.to_string(),
        age: enrolment.age,
        ..row
    })
}

/// What the rules that the record keeps say of it, over all records of the person.
fn judged(
    row: &student_record::Model,
    records: &[student_record::Model],
    grounds: &Grounds,
    wanted: &AmendEnrolment,
) -> AppResult<Result<Enrolment, EnrolmentRefusal>> {
    let facts = EnrolmentFacts {
        residence: grounds.residence,
        level: wanted.level,
        born: grounds.born,
        education: wanted.education_level,
        is_literate: wanted.is_literate,
        // Who went to one was not enrolled.
        is_in_full_time_school: false,
        // The one that runs is this one.
        running: None,
        has_our_diploma: have_our_diploma(records, wanted.level)?,
    };
    let region = DivisionCode::parse(&row.rule_region);
    let region = region.ok_or_else(|| AppError::internal("the rule of a record has no region"))?;
    let rules = rules_kept(&grounds.rules, (region, day(&row.rule_valid_from)?), wanted.level);
    Ok(judge_enrolment(&facts, &rules, enrolled_on(row)?))
}

/// Puts right what a person has learnt before, in every record of theirs, within the write that answers their
/// request. The record that runs must stand by the rules that it keeps.
///
/// # Errors
/// [`EnrolmentRefusal`].
pub(super) async fn correct_education(tx: &Tx, right: &RightEducation) -> AppResult<()> {
    let records = store::list_of_person(tx.conn(), right.person_id).await?;
    for row in records.iter().filter(|row| education_of(row) != Some(right.level)) {
        let row = store::lock_record(tx.conn(), row.id).await?;
        if row.is_running {
            check_schooling(tx, &row, &records, right).await?;
        }
        tx.note("education_level", json!([education_of(&row), right.level]));
        let row = student_record::Model { education_level: Some(right.level.code().to_owned()), ..row };
        store::amend_record(tx.conn(), &row).await?;
        note_amended(tx, &row, right.by, &right.reason).await?;
    }
    Ok(())
}

/// Refuses what somebody with a record that runs cannot have learnt before.
async fn check_schooling(
    tx: &Tx,
    row: &student_record::Model,
    records: &[student_record::Model],
    right: &RightEducation,
) -> AppResult<()> {
    let kept = store::find_rule(tx.conn(), (&row.rule_region, &row.level, &row.rule_valid_from)).await?;
    let level = level_of(row)?;
    let schooling = Schooling {
        level,
        education: Some(right.level),
        is_literate: row.is_literate,
        has_our_diploma: have_our_diploma(records, level)?,
    };
    judge_schooling(&schooling, &rule(&kept)?).map_err(AppError::refused)
}
