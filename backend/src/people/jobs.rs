//! A new key: everything that an older one sealed is sealed anew, chunk by chunk, while people work.

use super::{
    fields::{NUMBER, PHONE},
    store,
};
use crate::{
    access::{JobName, Permit, actions},
    identity, messages,
    platform::{
        Services,
        crypto::{KeyId, Sealed},
        error::AppResult,
        jobs::{self, Run, Step, Work},
    },
};
use serde::{Deserialize, Serialize};
use shared::ids::{AccountId, JobId, PersonDocumentId, PersonId, TextMessageId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows that one transaction looks at.
const CHUNK: u64 = 500;
/// When a node that lacks the key looks for it again, in seconds.
const LOOK_AGAIN_S: i64 = 60;

actions! {
    /// Have fields sealed by a newer key.
    Renew(KeyId) = RotateKeys;
}

/// Seals document numbers, phones, secrets of second factors and messages by the newest key. Blind indexes stay as they are.
pub struct RenewFields;

/// What [`RenewFields`] is about.
#[derive(Serialize, Deserialize)]
pub struct NewKey {
    /// The key that must be there before it begins.
    key: u32,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Progress {
    walk: Walk,
    /// Values that were sealed anew, over all walks.
    renewed: u64,
    /// The same in this walk: the work ends with a walk that finds nothing to do.
    renewed_in_walk: u64,
}

/// Where a walk over all tables is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Walk {
    Documents { after: PersonDocumentId },
    People { after: PersonId },
    Secrets { after: AccountId },
    Messages { after: TextMessageId },
}

impl Default for Walk {
    fn default() -> Self {
        Self::Documents { after: PersonDocumentId(Uuid::nil()) }
    }
}

/// Asks for [`RenewFields`] up to this key.
///
/// # Errors
/// If the store fails.
pub async fn ask_to_renew(cx: &Services, key: KeyId) -> AppResult<JobId> {
    let permit = Permit::<Renew>::for_job(JobName::RotateKeys, key);
    let id = cx.ids.new_id();
    cx.db.write(&permit, async |tx| jobs::ask::<RenewFields>(tx, id, &permit, &NewKey { key: key.0 }).await).await
}

impl Work for RenewFields {
    type Input = NewKey;
    const KIND: &'static str = "renew_fields";
    /// A node without the old key cannot go on; one that has it can, however long that takes.
    const MAX_FAILURES: u32 = u32::MAX;

    async fn run(cx: Services, run: Run, input: NewKey) -> AppResult<Step> {
        let wanted = KeyId(input.key);
        // A newer key may lie here that other nodes lack: only the one that is asked for is looked for.
        if cx.keys.fields.current() < wanted && cx.keys.fields.reload()? < wanted {
            return Ok(Step::Later(cx.clock.now().plus_s(LOOK_AGAIN_S)));
        }
        let permit = Permit::<Renew>::for_job(JobName::RotateKeys, wanted);
        let (mut chunks, mut progress): (u32, Progress) = run.saved()?;
        loop {
            let next = cx
                .db
                .write(&permit, async |tx| {
                    let next = renew_chunk(&cx, tx.conn(), progress).await?;
                    let Some(progress) = next else { return Ok(None) };
                    tx.note("renewed", progress.renewed);
                    run.save(tx, chunks + 1, chunks + 1, &progress).await?;
                    Ok(Some(progress))
                })
                .await?;
            let Some(next) = next else { return Ok(Step::Done) };
            (chunks, progress) = (chunks + 1, next);
        }
    }
}

/// Seals the next chunk anew; `None` when a whole walk found nothing to do.
async fn renew_chunk(
    cx: &Services,
    conn: &impl sea_orm::ConnectionTrait,
    progress: Progress,
) -> AppResult<Option<Progress>> {
    let (keys, ids) = (&cx.keys.fields, &*cx.ids);
    let mut renewed = 0;
    let walk = match progress.walk {
        Walk::Documents { after } => {
            let rows = store::list_documents_after(conn, after, CHUNK).await?;
            for row in &rows {
                if let Some(number) = keys.renew(NUMBER.of(row.id.0), &row.number, ids)? {
                    store::renew_number(conn, row, number).await?;
                    renewed += 1;
                }
            }
            let last = rows.last().map(|row| Walk::Documents { after: row.id });
            Some(last.unwrap_or(Walk::People { after: PersonId(Uuid::nil()) }))
        }
        Walk::People { after } => {
            let rows = store::list_people_after(conn, after, CHUNK).await?;
            for row in &rows {
                let Some(phone) = &row.phone else { continue };
                if let Some(phone) = keys.renew(PHONE.of(row.id.0), phone, ids)? {
                    store::renew_phone(conn, row, phone).await?;
                    renewed += 1;
                }
            }
            let last = rows.last().map(|row| Walk::People { after: row.id });
            Some(last.unwrap_or(Walk::Secrets { after: AccountId(Uuid::nil()) }))
        }
        Walk::Secrets { after } => {
            let (anew, last) = identity::renew_secrets(cx, conn, after, CHUNK).await?;
            renewed += anew;
            let next = Walk::Messages { after: TextMessageId(Uuid::nil()) };
            Some(last.map_or(next, |after| Walk::Secrets { after }))
        }
        Walk::Messages { after } => {
            let (anew, last) = messages::renew_messages(cx, conn, after, CHUNK).await?;
            renewed += anew;
            last.map(|after| Walk::Messages { after })
        }
    };
    let renewed_in_walk = progress.renewed_in_walk + renewed;
    let renewed = progress.renewed + renewed;
    Ok(match walk {
        Some(walk) => Some(Progress { walk, renewed, renewed_in_walk }),
        None if renewed_in_walk == 0 => None,
        None => Some(Progress { walk: Walk::default(), renewed, renewed_in_walk: 0 }),
    })
}

/// How many values each key opens. The file of a key that opens none may go.
///
/// # Errors
/// If the store fails.
pub async fn key_use(cx: &Services) -> AppResult<BTreeMap<KeyId, u64>> {
    let mut uses: BTreeMap<KeyId, u64> = cx.keys.fields.all().into_iter().map(|key| (key, 0)).collect();
    let mut count = |sealed: &Sealed| -> AppResult<()> {
        *uses.entry(sealed.key()?).or_default() += 1;
        Ok(())
    };
    let mut after = PersonDocumentId(Uuid::nil());
    loop {
        let rows = store::list_documents_after(cx.db.read(), after, CHUNK).await?;
        rows.iter().try_for_each(|row| count(&row.number))?;
        let Some(last) = rows.last() else { break };
        after = last.id;
    }
    let mut after = PersonId(Uuid::nil());
    loop {
        let rows = store::list_people_after(cx.db.read(), after, CHUNK).await?;
        rows.iter().filter_map(|row| row.phone.as_ref()).try_for_each(&mut count)?;
        let Some(last) = rows.last() else { break };
        after = last.id;
    }
    let mut after = AccountId(Uuid::nil());
    while let (keys, Some(last)) = identity::keys_of_secrets(cx, after, CHUNK).await? {
        keys.into_iter().for_each(|key| *uses.entry(key).or_default() += 1);
        after = last;
    }
    let mut after = TextMessageId(Uuid::nil());
    while let (keys, Some(last)) = messages::keys_of_messages(cx, after, CHUNK).await? {
        keys.into_iter().for_each(|key| *uses.entry(key).or_default() += 1);
        after = last;
    }
    Ok(uses)
}
