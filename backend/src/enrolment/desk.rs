//! Somebody enrols, or is told in one sentence why not.

use super::{
    applicant::{Newcomer, Who, newcomer},
    entity::student_record,
    place::may_read,
    rows::{enrolled_on, level_of, row_of_rule, state_of},
    rules::rules_at,
    standing, store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    organisation::{self, ProviderFacts},
    people::{self, Added},
    platform::{
        Services,
        crypto::Column,
        db::Tx,
        error::{AppError, AppResult},
        http::{Allowance, IdempotencyKey, once},
        texts::{Language, text},
    },
};
use jiff::civil::Date;
use shared::{
    enrolment::{
        Enrolment, EnrolmentFacts, EnrolmentRefusal, EnrolmentRule, EnrolmentVerdict, NewEnrolment, RecordState,
        RunningRecord, StatedRefusal, judge_enrolment,
    },
    ids::{PersonId, ProviderId, StudentRecordId},
    learning::CourseLevel,
    organisation::OpenState,
    problem::Refusal,
    rights::{Place, Right},
};

/// What a repeated request is compared by: it holds a number, so a plain hash would tell too much.
const REQUEST: Column = Column { table: "student_record", name: "request" };
/// Checks that one account may ask for in a window: a check tells whether somebody is enrolled.
const CHECKS: Allowance = Allowance::hourly("enrolment", 300);

actions! {
    /// Enrol somebody at a school.
    Enrol(ProviderId) = KeepEnrolments;
}

/// Somebody at the desk of a school, and the rules that hold for them today.
struct Case<'a> {
    actor: &'a Actor,
    school: ProviderFacts,
    new: &'a NewEnrolment,
    newcomer: Newcomer,
    rules: Vec<EnrolmentRule>,
    today: Date,
}

impl<'a> Case<'a> {
    async fn open(cx: &Services, actor: &'a Actor, new: &'a NewEnrolment) -> AppResult<(Permit<Enrol>, Self)> {
        let school = organisation::provider(cx, new.provider_id).await;
        let school = school.map_err(|error| error.at_field("/provider_id"))?;
        let place = Place::Provider { id: school.id, division: school.division.clone() };
        let permit = authorize(actor, school.id, &place)?;
        if school.state == OpenState::Closed {
            return Err(AppError::field("/provider_id", "provider-closed"));
        }
        let newcomer = newcomer(cx, actor, &school, new).await?;
        let rules = rules_at(cx, newcomer.residence).await?;
        Ok((permit, Self { actor, school, new, newcomer, rules, today: cx.clock.now().date_in_china() }))
    }

    /// Who it is, as far as the store knows; wherever they are kept.
    fn person(&self) -> Option<PersonId> {
        match &self.newcomer.who {
            Who::Known(id) | Who::KeptElsewhere(id) => Some(*id),
            Who::Stated(stated) => stated.kept_elsewhere,
        }
    }

    fn is_kept_elsewhere(&self) -> bool {
        match &self.newcomer.who {
            Who::Known(_) => false,
            Who::Stated(stated) => stated.kept_elsewhere.is_some(),
            Who::KeptElsewhere(_) => true,
        }
    }

    /// The rules, over all records of the person. `running` is the one that runs, as the actor may know it.
    fn judge(
        &self,
        records: &[student_record::Model],
        running: Option<RunningRecord>,
    ) -> AppResult<Result<Enrolment, EnrolmentRefusal>> {
        let facts = EnrolmentFacts {
            residence: self.newcomer.residence,
            level: self.new.level,
            born: self.newcomer.born,
            education: self.newcomer.education,
            is_literate: self.new.is_literate,
            is_in_full_time_school: self.new.is_in_full_time_school,
            running,
            has_our_diploma: have_our_diploma(records, self.new.level)?,
        };
        Ok(judge_enrolment(&facts, &self.rules, self.today))
    }

    /// What is to be said at the desk.
    async fn verdict(&self, cx: &Services) -> AppResult<Result<Enrolment, EnrolmentRefusal>> {
        let records = match self.person() {
            Some(id) => store::list_of_person(cx.db.read(), id).await?,
            None => Vec::new(),
        };
        let running = match records.iter().find(|row| row.is_running) {
            Some(row) => {
                let provider_name = name_of_school(cx, self.actor, row).await?;
                Some(RunningRecord { provider_name, since: enrolled_on(row)? })
            }
            None => None,
        };
        let verdict = self.judge(&records, running)?;
        Ok(verdict.and_then(|enrolment| {
            if self.is_kept_elsewhere() { Err(EnrolmentRefusal::KeptElsewhere) } else { Ok(enrolment) }
        }))
    }

    /// The person of a new record, added if they are not there.
    async fn find_or_add(&self, tx: &Tx) -> AppResult<PersonId> {
        let stated = match &self.newcomer.who {
            Who::Known(id) => return Ok(*id),
            Who::Stated(stated) => stated,
            Who::KeptElsewhere(_) => return Err(AppError::refused(EnrolmentRefusal::KeptElsewhere)),
        };
        let may_know = |place: &Place| self.actor.has_any(&[Right::ReadPeople], place);
        let added = people::add(tx, &[&stated.sealed], may_know).await?;
        match added.first() {
            Some(Added::New(id)) => {
                tx.note("added", id.to_string());
                Ok(*id)
            }
            Some(Added::AlreadyHere(id)) => Ok(*id),
            _ => Err(AppError::refused(EnrolmentRefusal::KeptElsewhere)),
        }
    }

    /// Makes the record, if the rules allow it at this moment.
    async fn enter(&self, cx: &Services, tx: &Tx, id: StudentRecordId) -> AppResult<()> {
        let person_id = self.find_or_add(tx).await?;
        let mut records = store::list_of_person(tx.conn(), person_id).await?;
        let running = records.iter().find(|row| row.is_running).map(enrolled_on).transpose()?;
        let running = running.map(|since| RunningRecord { provider_name: None, since });
        let enrolment = self.judge(&records, running)?.map_err(AppError::refused)?;
        store::keep_rule(tx.conn(), row_of_rule(&enrolment.rule)).await?;
        let row = self.row(tx, id, person_id, &enrolment);
        if store::insert_record(tx.conn(), row.clone()).await? == 0 {
            let running = RunningRecord { provider_name: None, since: self.today };
            return Err(AppError::refused(EnrolmentRefusal::AlreadyEnrolled(running)));
        }
        records.push(row);
        tx.note("record", id.to_string());
        tx.note("person", person_id.to_string());
        standing::tell(cx, tx, person_id, &records).await
    }

    fn row(&self, tx: &Tx, id: StudentRecordId, person_id: PersonId, enrolment: &Enrolment) -> student_record::Model {
        let newcomer = &self.newcomer;
        student_record::Model {
            id,
            version: 1,
            person_id,
            provider_id: self.school.id,
            division: self.school.division.clone(),
            residence_division: newcomer.residence.as_str().to_owned(),
            level: self.new.level.as_str().to_owned(),
            state: RecordState::Applied.as_str().to_owned(),
            is_running: RecordState::Applied.is_running(),
            name: newcomer.name.clone(),
            name_key: newcomer.name.clone().into_bytes(),
            roster_entry_id: newcomer.roster_entry_id,
            education_level: newcomer.education.map(|level| level.code().to_owned()),
            is_literate: self.new.is_literate,
            rule_region: enrolment.rule.region.as_str().to_owned(),
            rule_valid_from: enrolment.rule.valid_from.to_string(),
            age: enrolment.age,
            enrolled_on: self.today.to_string(),
            learner_number: None,
            account_id: None,
            entered_by: Some(self.actor.account_id),
            entered_at: tx.now(),
            moved_at: tx.now(),
        }
    }
}

/// The name of a record's school, if the actor may know of the record.
pub(super) async fn name_of_school(
    cx: &Services,
    actor: &Actor,
    row: &student_record::Model,
) -> AppResult<Option<String>> {
    if !may_read(actor, row) {
        return Ok(None);
    }
    Ok(organisation::provider_names(cx, [row.provider_id]).await?.remove(&row.provider_id))
}

/// Whether one of these records ended with our diploma of a level, or of a higher one.
pub(super) fn have_our_diploma(records: &[student_record::Model], level: CourseLevel) -> AppResult<bool> {
    let mut found = false;
    for row in records {
        found |= state_of(row)? == RecordState::Graduated && level_of(row)? >= level;
    }
    Ok(found)
}

/// Whether somebody may enrol. Nothing is written.
///
/// # Errors
/// `forbidden`, the fields that are wrong, or `too-many`.
pub(super) async fn check(
    cx: &Services,
    actor: &Actor,
    new: &NewEnrolment,
    language: Language,
) -> AppResult<EnrolmentVerdict> {
    let (_, case) = Case::open(cx, actor, new).await?;
    CHECKS.take(cx, actor.account_id).await?;
    Ok(match case.verdict(cx).await? {
        Ok(Enrolment { rule, age }) => EnrolmentVerdict { refusal: None, age: Some(age), rule: Some(rule) },
        Err(refusal) => EnrolmentVerdict { refusal: Some(stated(&refusal, language)), age: None, rule: None },
    })
}

fn stated(refusal: &EnrolmentRefusal, language: Language) -> StatedRefusal {
    let (key, params) = (refusal.message_key(), refusal.params());
    StatedRefusal { key: key.to_owned(), detail: text(language, &format!("{key}.detail"), &params), params }
}

/// Enrols somebody at a school. A repeat with the same key gives the first answer.
///
/// # Errors
/// `forbidden`, the fields that are wrong, or [`EnrolmentRefusal`].
pub async fn enrol(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    new: &NewEnrolment,
) -> AppResult<StudentRecordId> {
    let (permit, case) = Case::open(cx, actor, new).await?;
    let request = serde_json::to_string(new).map_err(AppError::internal)?;
    let request = cx.keys.fields.blind_index(REQUEST, &request).to_hex();
    let id: StudentRecordId = cx.ids.new_id();
    let outcome = cx
        .db
        .write(&permit, async |tx| {
            once(tx, actor.account_id, key, &request, async || {
                case.enter(cx, tx, id).await?;
                Ok(id)
            })
            .await
        })
        .await;
    match outcome {
        // The write knows that somebody is enrolled; where, it need not look up.
        Err(AppError::Refused(refusal)) => match case.verdict(cx).await? {
            Err(named) => Err(AppError::refused(named)),
            Ok(_) => Err(AppError::Refused(refusal)),
        },
        outcome => outcome,
    }
}
