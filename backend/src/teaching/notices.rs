//! Who is told when a lesson is moved or cancelled. Its teachers and the learners of the class get a notice that is
//! kept until they have read it, and after; those learners who have a phone are told by text, too.

use super::{
    entity::{meeting, meeting_change, meeting_notice},
    store, views,
};
use crate::{
    access::{Actor, actions, authorize},
    enrolment,
    learning::{self, ClassHead},
    messages::{self, NewMessage},
    people,
    platform::{
        Services,
        crypto::Plain,
        db::Tx,
        error::{AppError, AppResult},
        words::moment,
    },
};
use shared::{
    ids::{AccountId, MeetingNoticeId, PersonId},
    messages::MessageKind,
    rights::Place,
    teaching::{MAX_MEETING_NOTICES, MeetingNotice, MeetingState, MeetingView},
    time::Timestamp,
};
use std::collections::{BTreeSet, HashMap};

actions! {
    /// Say that one has read a notice.
    ReadNotice(AccountId) = ReadOwnNotices;
}

/// Whom a change of a lesson is told to.
pub(super) struct Audience {
    class_name: String,
    learners: Vec<AccountId>,
    phones: HashMap<PersonId, Plain>,
}

impl Audience {
    /// Everybody in a class, with the phones of those who have one; without them where no messages are sent.
    pub(super) async fn of(cx: &Services, class: &ClassHead) -> AppResult<Self> {
        let class_name = class.name.clone();
        let learners = learning::learners_of(cx, class.id).await?;
        if !messages::is_offered(cx) {
            return Ok(Self { class_name, learners, phones: HashMap::new() });
        }
        let records = enrolment::learners_of(cx, &learners).await?;
        let persons: Vec<PersonId> = records.into_values().map(|learner| learner.person_id).collect();
        Ok(Self { class_name, learners, phones: people::phones(cx, &persons).await? })
    }

    /// Keeps a notice for each learner, and for who was to teach and who teaches now, but for who moved it.
    pub(super) async fn notify(
        &self,
        cx: &Services,
        tx: &Tx,
        by: AccountId,
        (before, row): (&meeting_change::Model, &meeting::Model),
    ) -> AppResult<()> {
        let teachers = before.teacher_id.into_iter().chain(row.teacher_id);
        let told: BTreeSet<AccountId> = self.learners.iter().copied().chain(teachers).collect();
        let notice = |account_id: AccountId| meeting_notice::Model {
            id: cx.ids.new_id(),
            account_id,
            meeting_id: row.id,
            was_at: before.starts_at,
            reason: before.reason.clone(),
            told_at: tx.now(),
            read_at: None,
        };
        let notices: Vec<_> = told.into_iter().filter(|account| *account != by).map(notice).collect();
        store::insert_notices(tx.conn(), notices).await
    }

    /// Queues what tells them that a lesson which was to begin at `was_at` now is as `row` says, unless that
    /// comes too late.
    pub(super) async fn tell(
        &self,
        cx: &Services,
        tx: &Tx,
        asked_by: AccountId,
        (was_at, row): (Timestamp, &meeting::Model),
    ) -> AppResult<()> {
        let is_cancelled = row.state == MeetingState::Cancelled.as_str();
        let (kind, expires_at) = match is_cancelled {
            true => (MessageKind::MeetingCancelled, was_at),
            false => (MessageKind::MeetingMoved, row.starts_at),
        };
        if expires_at <= tx.now() {
            return Ok(());
        }
        let mut parameters = vec![("class", self.class_name.clone()), ("from", moment(was_at))];
        if !is_cancelled {
            parameters.push(("to", moment(row.starts_at)));
        }
        let new = |(person_id, phone): (&PersonId, &Plain)| NewMessage {
            person_id: *person_id,
            phone: phone.clone(),
            kind,
            parameters: parameters.clone(),
            expires_at,
            asked_by,
        };
        let news: Vec<NewMessage> = self.phones.iter().map(new).collect();
        messages::queue_all(cx, tx, &news).await.map(drop)
    }
}

/// What the actor was told, the last first.
pub(super) async fn own(cx: &Services, actor: &Actor) -> AppResult<Vec<MeetingNotice>> {
    let rows = store::list_notices(cx.db.read(), actor.account_id, MAX_MEETING_NOTICES).await?;
    let ids: BTreeSet<_> = rows.iter().map(|row| row.meeting_id).collect();
    let meetings = views::by_ids(cx, &ids.into_iter().collect::<Vec<_>>()).await?;
    let meetings: HashMap<_, MeetingView> = meetings.into_iter().map(|meeting| (meeting.id, meeting)).collect();
    let view = |row: meeting_notice::Model| {
        Some(MeetingNotice {
            id: row.id,
            meeting: meetings.get(&row.meeting_id)?.clone(),
            was_at: row.was_at,
            reason: row.reason,
            told_at: row.told_at,
            read_at: row.read_at,
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// Notes that the actor has read a notice of theirs. Repeating it changes nothing.
pub(super) async fn read(cx: &Services, actor: &Actor, id: MeetingNoticeId) -> AppResult<()> {
    let account = actor.account_id;
    let permit = authorize::<ReadNotice>(actor, account, &Place::Own { account })?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::find_notice(tx.conn(), id).await?.filter(|row| row.account_id == account);
            row.ok_or_else(AppError::not_found)?;
            tx.note("notice", id.to_string());
            store::read_notice(tx.conn(), id, tx.now()).await
        })
        .await
}
