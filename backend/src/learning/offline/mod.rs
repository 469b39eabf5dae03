//! Study without a network: modules for phones to keep, and what was done with them meanwhile.

mod contact;
mod package;
pub(super) mod routes;

pub(super) use package::weights;

use super::{
    catalogue,
    classes::ever_studied,
    entity::{exercise_answer, study_interval},
    exercises::{fault, is_repeat, is_right, key_text},
    standing::units,
    store,
    study::StudyCourses,
};
use crate::{
    access::Permit,
    platform::{
        Services,
        error::{AppError, AppResult},
        markdown,
        texts::{Language, text},
    },
};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use shared::{
    ids::{AccountId, CourseId, CourseVersionId, OfflineEntryId, UnitId},
    item_bank::Response,
    learning::{
        CourseContent, HandInStudy, HandedInStudy, KnownStudy, MAX_OFFLINE_ENTRIES, OfflineAck, OfflineClaim,
        OfflineDeed, OfflineEntry, OfflineReceipt, OfflineRules, OfflineWindow, StudyInterval, TryKey, Unit, credit,
    },
    problem::FieldError,
    time::Timestamp,
};
use std::{collections::HashSet, sync::Arc};

/// Takes what a learner did without a network; what became of each entry, in order.
///
/// # Errors
/// `too-long` if there are too many; of a single entry, the reply says what is wrong.
pub(super) async fn hand_in(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    request: &HandInStudy,
    language: Language,
) -> AppResult<HandedInStudy> {
    if request.entries.len() > MAX_OFFLINE_ENTRIES {
        return Err(AppError::field("/entries", "too-long"));
    }
    let account_id = *permit.target();
    let received_at = cx.clock.now();
    let contact = contact::note(cx, account_id, received_at)?;
    if request.entries.is_empty() {
        return Ok(HandedInStudy { contact, acks: Vec::new() });
    }
    let studies = studies(cx, account_id).await?;
    let clerk = Clerk { cx, account_id, studies, device_now: request.device_now, received_at, language };
    let judged: Vec<_> = request.entries.iter().map(|entry| (entry, clerk.judge(entry))).collect();
    // A stretch and a try are their own record of who studied what and when, as those of heartbeats are.
    let mut acks = cx.db.write_journal(async |conn| clerk.record(conn, &judged).await).await?;
    for error in acks.iter_mut().flat_map(|ack| &mut ack.errors) {
        error.detail = text(language, &format!("field.{}", error.code), &Value::Null);
    }
    Ok(HandedInStudy { contact, acks })
}

/// A version of a course that learners of a class of theirs may study, or of one that they were in.
struct Study {
    course_id: CourseId,
    version_id: CourseVersionId,
    number: i32,
    content: Arc<CourseContent>,
    /// When the learner joined the class.
    joined_at: Timestamp,
    /// When they left it.
    left_at: Option<Timestamp>,
}

impl Study {
    fn unit(&self, id: UnitId) -> Option<&Unit> {
        units(&self.content).find(|unit| unit.id == id)
    }
}

async fn studies(cx: &Services, account_id: AccountId) -> AppResult<Vec<Study>> {
    let members = store::list_memberships(cx.db.read(), account_id).await?;
    let mut studies = Vec::new();
    for studied in ever_studied(cx, account_id).await? {
        let Some(member) = members.iter().find(|member| member.class_id == studied.class.id) else { continue };
        let (joined_at, left_at) = (member.joined_at, member.left_at);
        for (version_id, number) in studied.versions(None) {
            let content = catalogue::content(cx, version_id).await?;
            studies.push(Study { course_id: studied.course_id, version_id, number, content, joined_at, left_at });
        }
    }
    Ok(studies)
}

/// An entry that is in order.
struct Judged {
    /// The version in which its unit stands.
    version_id: CourseVersionId,
    window: OfflineWindow,
    /// When it began, on the server's clock.
    at: Timestamp,
    /// Of a try, whether it is right.
    is_right: Option<bool>,
    /// Of a try, what is told of it.
    key: Option<TryKey>,
}

/// Takes what one device brings when it is back.
struct Clerk<'a> {
    cx: &'a Services,
    account_id: AccountId,
    studies: Vec<Study>,
    device_now: Timestamp,
    received_at: Timestamp,
    language: Language,
}

impl Clerk<'_> {
    fn judge(&self, entry: &OfflineEntry) -> Result<Judged, FieldError> {
        let contact_at = contact::noted_at(self.cx, self.account_id, &entry.contact);
        let contact_at = contact_at.ok_or_else(|| FieldError::new("/contact", "no-contact"))?;
        let window = OfflineWindow::new(contact_at, self.received_at, OfflineRules::default());
        let at = window.at(entry.at, self.device_now);
        let (version_id, window, (is_right, key)) = match &entry.deed {
            OfflineDeed::Read { read_pct, .. } if *read_pct > 100 => {
                return Err(FieldError::new("/deed/read_pct", "out-of-range"));
            }
            OfflineDeed::Read { .. } => {
                let (study, window, _) = self.unit(entry, None, (window, at))?;
                (study.version_id, window, (None, None))
            }
            OfflineDeed::Answered { exercise, response } => {
                let (study, window, unit) = self.unit(entry, Some(entry.version), (window, at))?;
                let item = unit.exercises.get(usize::from(*exercise));
                let item = item.ok_or_else(|| FieldError::new("/deed/exercise", "not-found"))?;
                if let Some(code) = fault(item, response) {
                    return Err(FieldError::new("/deed/response", code));
                }
                // Who has left the class would not be answered at once either.
                let key = study.left_at.is_none().then(|| TryKey {
                    key_text: key_text(item, self.language),
                    explanation_html: markdown::render_lesson(&item.explanation),
                });
                (study.version_id, window, (is_right(item, response), key))
            }
        };
        Ok(Judged { version_id, window, at, is_right, key })
    }

    /// The unit of an entry, in any version that the learner could study at that instant, or in the very one that they
    /// answered; and the part of the window in which they were in the class.
    fn unit(
        &self,
        entry: &OfflineEntry,
        version: Option<i32>,
        (window, at): (OfflineWindow, Timestamp),
    ) -> Result<(&Study, OfflineWindow, &Unit), FieldError> {
        let of_course = self.studies.iter().filter(|study| study.course_id == entry.course_id);
        let in_class =
            |study: &Study| window.within(study.joined_at, study.left_at).filter(|in_class| in_class.contains(at));
        let found: Vec<(&Study, OfflineWindow, &Unit)> =
            of_course.filter_map(|study| Some((study, in_class(study)?, study.unit(entry.unit_id)?))).collect();
        let meant = found.iter().copied().find(|(study, ..)| version.is_none_or(|version| version == study.number));
        match meant {
            Some(meant) => Ok(meant),
            None if found.is_empty() => Err(FieldError::new("/unit_id", "not-found")),
            None => Err(FieldError::new("/version", "exercise-changed")),
        }
    }

    /// Stores those entries that are in order and not stored yet; what became of each.
    async fn record(
        &self,
        conn: &impl ConnectionTrait,
        judged: &[(&OfflineEntry, Result<Judged, FieldError>)],
    ) -> AppResult<Vec<OfflineAck>> {
        store::lock_learner(conn, self.account_id).await?;
        let ids: Vec<_> = judged.iter().map(|(entry, _)| entry.id).collect();
        let mut stored: HashSet<_> = store::list_stored_entries(conn, &ids).await?.into_iter().collect();
        let mut known = self.known(conn).await?;
        let mut acks = Vec::with_capacity(judged.len());
        for (entry, judged) in judged {
            acks.push(match judged {
                _ if stored.contains(&entry.id) => self.known_ack(conn, entry, judged.as_ref().ok()).await?,
                Err(fault) => OfflineAck { errors: vec![fault.clone()], ..ack(entry.id, OfflineReceipt::Refused) },
                Ok(judged) => {
                    stored.insert(entry.id);
                    self.store(conn, entry, judged, &mut known).await?
                }
            });
        }
        Ok(acks)
    }

    /// What is told of an entry that is stored already: of the same try what was told then, of anything else nothing.
    async fn known_ack(
        &self,
        conn: &impl ConnectionTrait,
        entry: &OfflineEntry,
        judged: Option<&Judged>,
    ) -> AppResult<OfflineAck> {
        let known = ack(entry.id, OfflineReceipt::Known);
        let Some(judged) = judged else { return Ok(known) };
        let OfflineDeed::Answered { exercise, response } = &entry.deed else { return Ok(known) };
        let sent = self.answer(entry, judged, (*exercise, response))?;
        let stored = store::find_answer(conn, entry.id.0).await?;
        Ok(match stored.is_some_and(|stored| is_repeat(&stored, &sent)) {
            true => OfflineAck { is_right: judged.is_right, key: judged.key.clone(), ..known },
            false => known,
        })
    }

    /// The learner's study as far back as an entry may lie, and what counted on that day before.
    async fn known(&self, conn: &impl ConnectionTrait) -> AppResult<KnownStudy> {
        let oldest_s = OfflineRules::default().max_age_s.saturating_add(86_400);
        let since = self.received_at.plus_s(oldest_s.saturating_neg());
        let mut known = KnownStudy::default();
        for row in store::list_intervals_since(conn, self.account_id, since).await? {
            let interval = StudyInterval { from: row.from_at, until: row.to_at };
            known.all.push(interval);
            if row.entry_id.is_some() {
                known.offline.push(interval);
            }
        }
        Ok(known)
    }

    async fn store(
        &self,
        conn: &impl ConnectionTrait,
        entry: &OfflineEntry,
        judged: &Judged,
        known: &mut KnownStudy,
    ) -> AppResult<OfflineAck> {
        let recorded = ack(entry.id, OfflineReceipt::Recorded);
        match &entry.deed {
            OfflineDeed::Read { duration_ms, read_pct } => {
                let claim = OfflineClaim { from: judged.at, duration_ms: i64::from(*duration_ms) };
                let credited = credit(claim, judged.window, known, OfflineRules::default());
                known.add(&credited);
                self.store_reading(conn, entry, (&credited, judged.at), *read_pct).await?;
                let credited_ms: i64 = credited.iter().map(|piece| piece.until.ms_since(piece.from)).sum();
                Ok(OfflineAck { credited_s: u32::try_from(credited_ms / 1_000).ok(), ..recorded })
            }
            OfflineDeed::Answered { exercise, response } => {
                store::insert_answer(conn, self.answer(entry, judged, (*exercise, response))?).await?;
                Ok(OfflineAck { is_right: judged.is_right, key: judged.key.clone(), ..recorded })
            }
        }
    }

    fn answer(
        &self,
        entry: &OfflineEntry,
        judged: &Judged,
        (exercise, response): (u16, &Response),
    ) -> AppResult<exercise_answer::Model> {
        Ok(exercise_answer::Model {
            id: entry.id.0,
            account_id: self.account_id,
            course_id: entry.course_id,
            unit_id: entry.unit_id,
            exercise: i32::from(exercise),
            response: serde_json::to_string(response).map_err(AppError::internal)?,
            is_right: judged.is_right,
            answered_at: judged.at,
            course_version_id: Some(judged.version_id),
        })
    }

    /// Stores the stretches that count. If none does, one without length says how far the unit was read.
    async fn store_reading(
        &self,
        conn: &impl ConnectionTrait,
        entry: &OfflineEntry,
        (credited, at): (&[StudyInterval], Timestamp),
        read_pct: u8,
    ) -> AppResult<()> {
        let instant = [StudyInterval { from: at, until: at }];
        let pieces: &[StudyInterval] = if credited.is_empty() { &instant } else { credited };
        for piece in pieces {
            let row = study_interval::Model {
                id: self.cx.ids.uuid(),
                account_id: self.account_id,
                course_id: entry.course_id,
                unit_id: entry.unit_id,
                stream: entry.id.0,
                from_at: piece.from,
                to_at: piece.until,
                read_pct: i32::from(read_pct),
                entry_id: Some(entry.id),
            };
            store::insert_interval(conn, row).await?;
        }
        Ok(())
    }
}

fn ack(entry_id: OfflineEntryId, receipt: OfflineReceipt) -> OfflineAck {
    OfflineAck { entry_id, receipt, credited_s: None, is_right: None, key: None, errors: Vec::new() }
}
