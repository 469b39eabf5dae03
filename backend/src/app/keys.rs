//! The keys that seal: a newer one takes over, chunk by chunk, while people work; and what each still opens.

mod walk;

pub use walk::sealed_columns;

use crate::{
    access::{JobName, Permit, actions},
    platform::{
        Services,
        crypto::{FieldKeys, KeyId},
        error::AppResult,
        jobs::{self, Run, Step, Work},
    },
};
use serde::{Deserialize, Serialize};
use shared::{ids::JobId, system::KeyUse};
use std::collections::BTreeMap;
use walk::Walk;

/// When a node that lacks the key looks for it again, in seconds.
const LOOK_AGAIN_S: i64 = 60;

actions! {
    /// Have everything that is sealed be sealed by a newer key.
    Renew(KeyId) = RotateKeys;
    /// Ask for a newer key, or for a count of what each opens.
    AskOfKeys(&'static str) = RotateKeys;
}

/// Seals everything that is sealed by the newest key. Blind indexes stay as they are.
pub struct RenewFields;

/// What [`RenewFields`] is about.
#[derive(Serialize, Deserialize)]
pub struct NewKey {
    /// The key that must be there before it begins.
    pub(super) key: u32,
    /// Whether the job makes it. Several nodes get its file by hand, before any of them seals by it.
    #[serde(default)]
    pub(super) is_made_here: bool,
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

/// Asks for [`RenewFields`] up to this key.
///
/// # Errors
/// If the store fails.
pub async fn ask_to_renew(cx: &Services, key: KeyId) -> AppResult<JobId> {
    let permit = Permit::<Renew>::for_job(JobName::RotateKeys, key);
    let (id, input) = (cx.ids.new_id(), NewKey { key: key.0, is_made_here: false });
    cx.db.write(&permit, async |tx| jobs::ask::<RenewFields>(tx, id, &permit, &input).await).await
}

impl Work for RenewFields {
    type Input = NewKey;
    const KIND: &'static str = "renew_fields";
    /// A node without the old key cannot go on; one that has it can, however long that takes.
    const MAX_FAILURES: u32 = u32::MAX;

    async fn run(cx: Services, run: Run, input: NewKey) -> AppResult<Step> {
        let wanted = KeyId(input.key);
        if input.is_made_here {
            FieldKeys::add_up_to(&cx.config.key_dir, wanted, &*cx.ids)?;
        }
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
                    let (renewed, walk) = progress.walk.renew_chunk(&cx, tx.conn()).await?;
                    let Some(progress) = progress.after(renewed, walk) else { return Ok(None) };
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

impl Progress {
    /// How far the job is after a chunk; `None` when a whole walk found nothing to do.
    fn after(self, renewed: u64, walk: Option<Walk>) -> Option<Self> {
        let renewed_in_walk = self.renewed_in_walk + renewed;
        let renewed = self.renewed + renewed;
        match walk {
            Some(walk) => Some(Self { walk, renewed, renewed_in_walk }),
            None if renewed_in_walk == 0 => None,
            None => Some(Self { walk: Walk::default(), renewed, renewed_in_walk: 0 }),
        }
    }
}

/// How many values each key opens. The file of a key that opens none may go.
///
/// # Errors
/// If the store fails.
pub async fn key_use(cx: &Services) -> AppResult<BTreeMap<KeyId, u64>> {
    let mut uses = none_used(cx);
    let mut walk = Some(Walk::default());
    while let Some(here) = walk {
        let (keys, next) = here.keys_of_chunk(cx).await?;
        count(&mut uses, &keys);
        walk = next;
    }
    Ok(uses)
}

fn none_used(cx: &Services) -> BTreeMap<KeyId, u64> {
    cx.keys.fields.all().into_iter().map(|key| (key, 0)).collect()
}

fn count(uses: &mut BTreeMap<KeyId, u64>, keys: &[KeyId]) {
    for key in keys {
        *uses.entry(*key).or_default() += 1;
    }
}

/// Counts how many values each key opens. What it brings is a list of [`KeyUse`].
pub struct CountKeyUse;

impl Work for CountKeyUse {
    type Input = ();
    const KIND: &'static str = "count_key_use";

    async fn run(cx: Services, run: Run, (): ()) -> AppResult<Step> {
        let uses = key_use(&cx).await?;
        let uses: Vec<_> = uses.into_iter().map(|(key, values)| KeyUse { key: key.0, values }).collect();
        let permit = Permit::<AskOfKeys>::for_job(JobName::RotateKeys, "count");
        cx.db.write(&permit, async |tx| run.save(tx, 1, 1, &uses).await).await?;
        Ok(Step::Done)
    }
}
