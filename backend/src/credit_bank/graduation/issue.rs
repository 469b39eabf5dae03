//! The diplomas of a list: numbered, entered in the register of the bureau that issues them, one after the other.

use super::{
    level_of,
    standing::{Standing, Yardstick},
};
use crate::{
    credit_bank::{
        entity::{diploma, graduation_batch},
        store,
    },
    enrolment::{self, LearnerFacts},
    messages::{self, NewMessage},
    organisation, people,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        words::word,
    },
};
use jiff::civil::Date;
use shared::{
    credit_bank::{DiplomaNumber, RegisterEntry, diploma_issuer},
    ids::{AccountId, DiplomaId, GraduationBatchId, PersonId, ProviderId},
    learning::CourseLevel,
    messages::MessageKind,
    organisation::DivisionCode,
    problem::ProblemCode,
    time::{Timestamp, write_date},
};

/// After so many seconds nobody is told by text any more: seven days.
const EXPIRES_AFTER_S: i64 = 7 * 24 * 60 * 60;

/// Who is on a list, each with where they stand now.
pub(super) struct Graduates {
    learners: Vec<(LearnerFacts, Standing)>,
    /// How many stand on the list, whether they have an account or not.
    members: usize,
    news: Vec<NewMessage>,
}

/// The register in which a list is entered.
struct Register {
    issuer: DivisionCode,
    level: CourseLevel,
    /// Name of the school.
    school: String,
    day: Date,
    /// Who approves.
    by: AccountId,
    at: Timestamp,
}

impl Graduates {
    /// Those of a list. Who has lost their account since counts as lacking something.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn of(cx: &Services, id: GraduationBatchId, by: AccountId) -> AppResult<Self> {
        let members = store::list_graduates(cx.db.read(), id).await?;
        let records: Vec<_> = members.iter().map(|member| member.record_id).collect();
        let mut found = enrolment::learners_by_records(cx, &records).await?;
        found.sort_by(|one, other| one.learner_number.cmp(&other.learner_number));
        let (yardstick, mut learners) = (Yardstick::load(cx).await?, Vec::with_capacity(found.len()));
        for learner in found {
            let standing = yardstick.judge(cx, &learner).await?;
            learners.push((learner, standing));
        }
        let news = news(cx, &learners, by).await?;
        Ok(Self { members: members.len(), learners, news })
    }

    /// How many lack something, or have gone to another school than the one that proposed them.
    pub(super) fn unready(&self, school: ProviderId) -> usize {
        let is_ready =
            |(learner, standing): &&(LearnerFacts, Standing)| standing.gaps.is_empty() && learner.provider_id == school;
        self.members.saturating_sub(self.learners.iter().filter(is_ready).count())
    }

    /// Ends the records and enters the diplomas, within the write that approves the list; each learner gets a text.
    ///
    /// # Errors
    /// `stale` if something that counted has just changed.
    pub(super) async fn issue(
        &self,
        cx: &Services,
        tx: &Tx,
        batch: &graduation_batch::Model,
        by: AccountId,
    ) -> AppResult<()> {
        let register = Register::of(tx, batch, by).await?;
        let count = i64::try_from(self.learners.len()).map_err(AppError::internal)?;
        // Who takes places of a register keeps it: nobody else enters anything until this write ends.
        let places = store::take_numbers(tx.conn(), &format!("register:{}", register.issuer), count).await?;
        let serials = store::take_numbers(tx.conn(), &register.serials(), count).await?;
        let mut previous = register.end(tx, places.start).await?;
        let mut rows = Vec::with_capacity(self.learners.len());
        for (((learner, standing), seq), serial) in self.learners.iter().zip(places).zip(serials) {
            standing.hold(tx, learner).await?;
            let graduate = enrolment::graduate(cx, tx, by, learner.record_id).await?;
            if graduate.provider_id != batch.provider_id {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            let row = register.entry(batch, &graduate, (cx.ids.new_id(), seq, serial), previous)?;
            previous = row.digest.clone();
            rows.push(row);
        }
        tx.note("diplomas", rows.len());
        store::insert_diplomas(tx.conn(), rows).await?;
        messages::queue_all(cx, tx, &self.news).await.map(drop)
    }
}

impl Register {
    async fn of(tx: &Tx, batch: &graduation_batch::Model, by: AccountId) -> AppResult<Self> {
        let school = organisation::provider_within(tx, batch.provider_id).await?;
        let unknown = || AppError::internal("a school in no division");
        let (level, place) = (level_of(&batch.level)?, DivisionCode::parse(&school.division).ok_or_else(unknown)?);
        let (issuer, at) = (diploma_issuer(place, level), tx.now());
        Ok(Self { issuer, level, school: school.name, day: at.date_in_china(), by, at })
    }

    /// The counter of the serials of a year, an office and a level.
    fn serials(&self) -> String {
        format!("diploma:{}:{}:{}", self.day.year(), self.issuer, self.level)
    }

    /// The digest of the last entry, after which the one at `place` comes.
    async fn end(&self, tx: &Tx, place: i64) -> AppResult<String> {
        let last = store::find_entry(tx.conn(), self.issuer.as_str(), place - 1).await?;
        Ok(last.map(|entry| entry.digest).unwrap_or_default())
    }

    /// The entry of a learner, at its place and with its serial.
    fn entry(
        &self,
        batch: &graduation_batch::Model,
        learner: &LearnerFacts,
        (id, seq, serial): (DiplomaId, i64, i64),
        previous: String,
    ) -> AppResult<diploma::Model> {
        let used_up = || AppError::internal("the numbers of diplomas of the year are used up");
        let serial = u32::try_from(serial + 1).map_err(AppError::internal)?;
        let number = DiplomaNumber::build(self.day, self.issuer, self.level, serial).ok_or_else(used_up)?;
        let entry = RegisterEntry {
            number: number.as_str(),
            holder_name: &learner.name,
            learner_number: &learner.learner_number,
            level: self.level,
            school: &self.school,
            issuer: self.issuer.as_str(),
            issued_on: self.day,
            previous: &previous,
        };
        let digest = entry.digest();
        Ok(diploma::Model {
            id,
            number: number.as_str().to_owned(),
            batch_id: batch.id,
            record_id: learner.record_id,
            level: batch.level.clone(),
            holder_name: learner.name.clone(),
            name_key: learner.name.clone().into_bytes(),
            learner_number: learner.learner_number.clone(),
            provider_id: batch.provider_id,
            school: self.school.clone(),
            division: batch.division.clone(),
            issuer: self.issuer.as_str().to_owned(),
            seq,
            issued_on: write_date(self.day),
            issued_by: self.by,
            issued_at: self.at,
            previous,
            digest,
        })
    }
}

/// What tells each of them by text, as far as they have a phone and texts are sent.
async fn news(cx: &Services, learners: &[(LearnerFacts, Standing)], asked_by: AccountId) -> AppResult<Vec<NewMessage>> {
    if !messages::is_offered(cx) {
        return Ok(Vec::new());
    }
    let persons: Vec<PersonId> = learners.iter().map(|(learner, _)| learner.person_id).collect();
    let level = learners.first().map(|(learner, _)| word(&format!("learning.author_{}", learner.level)));
    let expires_at = cx.clock.now().plus_s(EXPIRES_AFTER_S);
    let text = |(person_id, phone)| NewMessage {
        person_id,
        phone,
        kind: MessageKind::DiplomaIssued,
        parameters: vec![("level", level.unwrap_or_default().to_owned())],
        expires_at,
        asked_by,
    };
    Ok(people::phones(cx, &persons).await?.into_iter().map(text).collect())
}
