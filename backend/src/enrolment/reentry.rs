//! Somebody comes again: whoever enrolled on that day would be asked the same.

use super::{
    amend::{Grounds, grounds},
    desk::{have_our_diploma, name_of_school},
    entity::student_record,
    rows::{education_of, enrolled_on, level_of},
    store,
};
use crate::{
    access::Actor,
    organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use jiff::civil::Date;
use shared::{
    enrolment::{Enrolment, EnrolmentFacts, EnrolmentRefusal, RunningRecord, judge_enrolment},
    organisation::OpenState,
    problem::ProblemCode,
};

/// By what somebody is judged who comes again.
pub(super) struct Reentry {
    grounds: Grounds,
    today: Date,
}

impl Reentry {
    /// What decides today beside the records of the person.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn open(cx: &Services, row: &student_record::Model) -> AppResult<Self> {
        Ok(Self { grounds: grounds(cx, row).await?, today: cx.clock.now().date_in_china() })
    }

    /// Within the write, refuses a school that has closed, and what an enrolment would be refused for.
    ///
    /// # Errors
    /// The field `/step`, or [`EnrolmentRefusal`].
    pub(super) async fn check(&self, tx: &Tx, row: &student_record::Model) -> AppResult<()> {
        if organisation::hold_provider(tx, row.provider_id).await?.state == OpenState::Closed {
            return Err(AppError::field("/step", "provider-closed"));
        }
        let records = store::list_of_person(tx.conn(), row.person_id).await?;
        let since = other_running(row, &records).map(enrolled_on).transpose()?;
        let running = since.map(|since| RunningRecord { provider_name: None, since });
        self.judge(row, &records, running)?.map(drop).map_err(AppError::refused)
    }

    /// The same refusal as the write gave, with the school where the person is enrolled, if the actor may know it.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn named(
        &self,
        cx: &Services,
        actor: &Actor,
        row: &student_record::Model,
        error: AppError,
    ) -> AppResult<AppError> {
        if error.code() != ProblemCode::EnrolmentRefused {
            return Ok(error);
        }
        let records = store::list_of_person(cx.db.read(), row.person_id).await?;
        let running = match other_running(row, &records) {
            Some(other) => {
                let provider_name = name_of_school(cx, actor, other).await?;
                Some(RunningRecord { provider_name, since: enrolled_on(other)? })
            }
            None => None,
        };
        Ok(match self.judge(row, &records, running)? {
            Err(named) => AppError::refused(named),
            Ok(_) => error,
        })
    }

    /// The rules of today, over all records of the person.
    fn judge(
        &self,
        row: &student_record::Model,
        records: &[student_record::Model],
        running: Option<RunningRecord>,
    ) -> AppResult<Result<Enrolment, EnrolmentRefusal>> {
        let level = level_of(row)?;
        let facts = EnrolmentFacts {
            residence: self.grounds.residence,
            level,
            born: self.grounds.born,
            education: education_of(row),
            is_literate: row.is_literate,
            // Who went to one was not enrolled.
            is_in_full_time_school: false,
            running,
            has_our_diploma: have_our_diploma(records, level)?,
        };
        Ok(judge_enrolment(&facts, &self.grounds.rules, self.today))
    }
}

/// Another record of the person that runs.
fn other_running<'a>(
    row: &student_record::Model,
    records: &'a [student_record::Model],
) -> Option<&'a student_record::Model> {
    records.iter().find(|other| other.is_running && other.id != row.id)
}
