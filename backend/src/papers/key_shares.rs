//! A custodian's own share: seen once, typed back, and handed in for the test.

use super::{
    entity::{key_ceremony, key_share},
    key_ceremonies::share_state,
    keys::{open_share, share_purpose},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, PaperId},
    papers::{
        KeyShare, KeyShareState, KeyShareStep, OwnKeyShare, ShownKeyShare, SpokenKeyShare, next_key_share_state,
        read_spoken_code, spoken_code,
    },
    rights::Place,
};
use std::collections::HashMap;

actions! {
    /// See one's own share of a key, type it back, and hand it in.
    HoldKeyShare(PaperId) = HoldKeyShare;
}

/// Lets a custodian at their own share.
///
/// # Errors
/// `not-found` for everybody else.
pub async fn permit_custodian(cx: &Services, actor: &Actor, id: PaperId) -> AppResult<Permit<HoldKeyShare>> {
    let ceremony = store::list_ceremonies(cx.db.read(), &[id]).await?.pop().ok_or_else(AppError::not_found)?;
    let shares = store::list_shares(cx.db.read(), &[ceremony.id]).await?;
    let own = shares.into_iter().find(|share| share.custodian_id == actor.account_id);
    let own = own.ok_or_else(AppError::not_found)?;
    authorize(actor, id, &Place::division(&own.division)).map_err(|_| AppError::not_found())
}

/// One's own shares, those of the newest first; of a key that was split anew, the new one alone.
pub(super) async fn own(cx: &Services, actor: &Actor) -> AppResult<Vec<OwnKeyShare>> {
    let shares = store::list_shares_of(cx.db.read(), actor.account_id).await?;
    let shares: HashMap<_, _> = shares.into_iter().map(|share| (share.ceremony_id, share)).collect();
    let ids: Vec<_> = shares.keys().copied().collect();
    let ceremonies = store::list_ceremonies_by_id(cx.db.read(), &ids).await?;
    let ids: Vec<_> = ceremonies.iter().map(|ceremony| ceremony.id).collect();
    let all = store::list_shares(cx.db.read(), &ids).await?;
    let mut own = Vec::with_capacity(ceremonies.len());
    for ceremony in ceremonies {
        let share = shares.get(&ceremony.id).ok_or_else(|| AppError::internal("a share of another key"))?;
        let custodians = all.iter().filter(|share| share.ceremony_id == ceremony.id).count();
        own.push(OwnKeyShare {
            paper_id: ceremony.paper_id,
            paper_title: store::find_title(cx.db.read(), ceremony.paper_id).await?.unwrap_or_default(),
            state: share_state(share),
            threshold: u8::try_from(ceremony.threshold).map_err(AppError::internal)?,
            custodians: u8::try_from(custodians).map_err(AppError::internal)?,
            is_closed: ceremony.closed_at.is_some(),
        });
    }
    Ok(own)
}

/// A key with its shares; nobody else changes them until the write ends.
struct HeldKey {
    ceremony: key_ceremony::Model,
    shares: Vec<key_share::Model>,
}

impl HeldKey {
    async fn lock(tx: &Tx, id: PaperId) -> AppResult<Self> {
        store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
        let ceremony = store::list_ceremonies(tx.conn(), &[id]).await?.pop().ok_or_else(AppError::not_found)?;
        let shares = store::list_shares(tx.conn(), &[ceremony.id]).await?;
        Ok(Self { ceremony, shares })
    }

    fn of(&self, person: AccountId) -> AppResult<&key_share::Model> {
        self.shares.iter().find(|share| share.custodian_id == person).ok_or_else(AppError::not_found)
    }

    /// Where a share stands after this step.
    fn next(&self, share: &key_share::Model, step: KeyShareStep) -> AppResult<KeyShareState> {
        let is_closed = self.ceremony.closed_at.is_some();
        next_key_share_state(share_state(share), is_closed, step).map_err(AppError::refused)
    }
}

/// Shows a share, and forgets it.
///
/// # Errors
/// `wrong-state` if it was shown before.
pub(super) async fn show(cx: &Services, permit: &Permit<HoldKeyShare>) -> AppResult<ShownKeyShare> {
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let held = HeldKey::lock(tx, id).await?;
            let share = held.of(person)?;
            let state = held.next(share, KeyShareStep::Show)?;
            let shown = open_share(cx, share)?;
            tx.note("state", state.as_str());
            store::note_shown(tx.conn(), share.id, tx.now()).await?;
            Ok(ShownKeyShare { code: spoken_code(id, &shown) })
        })
        .await
}

/// Holds a custodian to what they noted. When all have typed their shares back, the server forgets the key.
///
/// # Errors
/// The field `/code` if it is not their share; `wrong-state` if they have not seen it.
pub(super) async fn confirm(cx: &Services, permit: &Permit<HoldKeyShare>, spoken: &SpokenKeyShare) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    let said = read(id, spoken)?;
    cx.db
        .write(permit, async |tx| {
            let held = HeldKey::lock(tx, id).await?;
            let share = held.of(person)?;
            let state = held.next(share, KeyShareStep::Confirm)?;
            is_own(share, &said)?;
            if state == share_state(share) {
                return Ok(());
            }
            tx.note("state", state.as_str());
            store::note_confirmed(tx.conn(), share.id, tx.now()).await?;
            if held.shares.iter().all(|other| other.id == share.id || other.confirmed_at.is_some()) {
                tx.note("closed", true);
                store::close_ceremony(tx.conn(), &held.ceremony, tx.now()).await?;
            }
            Ok(())
        })
        .await
}

/// Takes a share for the test; whether it is time for that is the caller's to judge, while nobody forgets the shares of
/// the paper.
///
/// # Errors
/// As `is_time` refuses; the field `/code` if it is not their share; `wrong-state` if not every custodian has typed theirs
/// back.
pub async fn hand_in(
    cx: &Services,
    permit: &Permit<HoldKeyShare>,
    spoken: &SpokenKeyShare,
    is_time: impl AsyncFn(&Tx) -> AppResult<()>,
) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let held = HeldKey::lock(tx, id).await?;
            is_time(tx).await?;
            let said = read(id, spoken)?;
            let share = held.of(person)?;
            let state = held.next(share, KeyShareStep::HandIn)?;
            is_own(share, &said)?;
            if state == share_state(share) {
                return Ok(());
            }
            tx.note("state", state.as_str());
            let sealed = cx.keys.fields.seal_bytes(&share_purpose(share.id), &said, &*cx.ids)?;
            store::keep_handed_in(tx.conn(), share.id, sealed, tx.now()).await
        })
        .await
}

/// Forgets the shares of a paper that were handed in: their test begins another time or not at all, and they are handed in
/// for that which does. One that is on its way is waited for.
///
/// # Errors
/// `not-found` if there is no such paper.
pub async fn forget_handed_in(tx: &Tx, id: PaperId) -> AppResult<()> {
    store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let Some(ceremony) = store::list_ceremonies(tx.conn(), &[id]).await?.pop() else { return Ok(()) };
    tx.note("forgotten_key_shares", store::forget_handed_in(tx.conn(), ceremony.id).await?);
    Ok(())
}

fn read(id: PaperId, spoken: &SpokenKeyShare) -> AppResult<KeyShare> {
    read_spoken_code(id, &spoken.code).map_err(|fault| AppError::field("/code", fault.field_code()))
}

fn is_own(share: &key_share::Model, said: &KeyShare) -> AppResult<()> {
    let is_own = share.sha256 == hex::encode(Sha256::digest(said));
    if is_own { Ok(()) } else { Err(AppError::field("/code", "not-own-share")) }
}
