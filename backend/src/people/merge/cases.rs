//! A merge begins: who may see the two persons, and propose that they are one.

use super::{book::FactBook, preview::naming};
use crate::{
    access::{Actor, Permit, actions, authorize},
    people::{
        entity::{person, person_merge},
        fields::kind_of,
        place::{place, place_of, visible},
        store,
    },
    platform::{
        Services,
        db::{Conn, Tx},
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, PersonDocumentId, PersonId, PersonMergeId},
    people::{MergeObstacle, MergeRefusal, MergeState, ProposeMerge, check_reason, grounds},
    problem::ProblemCode,
    rights::{Place, Right},
};

actions! {
    /// Propose that two records of one human become one.
    ProposeMerging(PersonId) = ProposeMerge;
}

/// What opens a merge to its readers.
pub(super) const SEEN_WITH: [Right; 2] = [Right::ProposeMerge, Right::ApproveMerge];

/// Two persons of whom the actor may know, and may say that they are one.
///
/// # Errors
/// `not-found` for the survivor, the field `/merged_id` for the other one, `forbidden`.
pub(super) async fn seen_pair(
    cx: &Services,
    actor: &Actor,
    survivor: PersonId,
    merged: PersonId,
) -> AppResult<(person::Model, person::Model)> {
    let kept = visible(cx, actor, survivor).await?;
    if !actor.has_any(&SEEN_WITH, &place_of(&kept)) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    if survivor == merged {
        return Err(AppError::field("/merged_id", "same-person"));
    }
    let ended = visible(cx, actor, merged).await.map_err(|error| error.at_field("/merged_id"))?;
    if !actor.has_any(&SEEN_WITH, &place_of(&ended)) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    Ok((kept, ended))
}

/// The places that kept both persons when it was proposed.
pub(super) fn places(row: &person_merge::Model) -> [Place; 2] {
    [place(&row.survivor_division, row.survivor_provider_id), place(&row.merged_division, row.merged_provider_id)]
}

/// Proposes that the person of the permit is the same human as another.
///
/// # Errors
/// The fields that are wrong; `forbidden`; [`MergeRefusal`].
pub(super) async fn propose(
    cx: &Services,
    book: &FactBook,
    actor: &Actor,
    survivor: PersonId,
    key: &IdempotencyKey,
    proposal: &ProposeMerge,
) -> AppResult<PersonMergeId> {
    let (kept, ended) = seen_pair(cx, actor, survivor, proposal.merged_id).await?;
    let permit: Permit<ProposeMerging> = authorize(actor, survivor, &place_of(&kept))?;
    let _: Permit<ProposeMerging> = authorize(actor, proposal.merged_id, &place_of(&ended))?;
    let reason = check_reason(&proposal.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let (id, proposed_by) = (cx.ids.new_id(), permit.person()?);
    cx.db
        .write(&permit, async |tx| {
            once(tx, proposed_by, key, &(survivor, proposal), async || {
                let new = New { id, proposed_by, survivor, proposal, reason: &reason, is_across: false };
                new.enter(tx, book, [place_of(&kept), place_of(&ended)]).await
            })
            .await
        })
        .await
}

/// A merge that somebody proposes.
pub(super) struct New<'a> {
    pub(super) id: PersonMergeId,
    pub(super) proposed_by: AccountId,
    pub(super) survivor: PersonId,
    pub(super) proposal: &'a ProposeMerge,
    pub(super) reason: &'a str,
    /// Whether who proposes it does not see the one that ends.
    pub(super) is_across: bool,
}

impl New<'_> {
    /// Enters it. `seen_at` is where both persons were.
    ///
    /// # Errors
    /// [`MergeRefusal`], or the field `/ground`.
    pub(super) async fn enter(&self, tx: &Tx, book: &FactBook, seen_at: [Place; 2]) -> AppResult<PersonMergeId> {
        let row = self.row(tx, book, seen_at).await?;
        if store::insert_merge(tx.conn(), row).await? == 0 {
            return Err(AppError::refused(MergeRefusal::Forbidden(MergeObstacle::OpenMerge)));
        }
        tx.note("merge", self.id.to_string());
        tx.note("merged", self.proposal.merged_id.to_string());
        tx.note("ground", self.proposal.ground.as_str());
        Ok(self.id)
    }

    /// The row, once both persons are locked and nothing forbids it.
    async fn row(&self, tx: &Tx, book: &FactBook, seen_at: [Place; 2]) -> AppResult<person_merge::Model> {
        let merged = self.proposal.merged_id;
        let (kept, ended) = lock_pair(tx, self.survivor, merged).await?;
        check_place(&[(&kept, &seen_at[0]), (&ended, &seen_at[1])])?;
        let conn = Conn::from(tx.conn());
        if store::has_open_merge(&conn, [self.survivor, merged]).await? {
            return Err(AppError::refused(MergeRefusal::Forbidden(MergeObstacle::OpenMerge)));
        }
        let pair = book.pair(&conn, self.survivor, merged).await?;
        if pair.accounts().contains(&self.proposed_by) {
            return Err(AppError::refused(MergeRefusal::OwnRecord));
        }
        // What forbids it would tell who asks across places something of the other one: it is told when it is done.
        if !self.is_across
            && let Some(obstacle) = book.find(&conn, &pair).await?.obstacles.first()
        {
            return Err(AppError::refused(MergeRefusal::Forbidden(*obstacle)));
        }
        let merged_document_id = self.check_ground(&conn).await?;
        Ok(person_merge::Model {
            id: self.id,
            version: 1,
            survivor_id: self.survivor,
            merged_id: merged,
            survivor_division: kept.division,
            survivor_provider_id: kept.provider_id,
            merged_division: ended.division,
            merged_provider_id: ended.provider_id,
            merged_document_id,
            ground: self.proposal.ground.as_str().to_owned(),
            reason: self.reason.to_owned(),
            state: MergeState::Proposed.as_str().to_owned(),
            is_across: self.is_across,
            proposed_by: self.proposed_by,
            proposed_at: tx.now(),
            approved_by: None,
            approved_at: None,
            decided_by: None,
            decided_at: None,
            answer: None,
            closed_account_id: None,
            undone_by: None,
            undone_at: None,
            undone_because: None,
        })
    }

    /// The document that names the merged one, if its kind and the survivor's allow the ground.
    async fn check_ground(&self, conn: &Conn<'_>) -> AppResult<PersonDocumentId> {
        let of_survivor = naming(conn, self.survivor).await?;
        let of_merged = naming(conn, self.proposal.merged_id).await?;
        let mut possible = grounds(kind_of(&of_survivor)?, kind_of(&of_merged)?);
        if possible.any(|ground| ground == self.proposal.ground) {
            Ok(of_merged.id)
        } else {
            Err(AppError::field("/ground", "other-ground"))
        }
    }
}

/// Both persons; nobody else changes them until the write ends. In order, so that two writers do not
/// block each other.
pub(super) async fn lock_pair(
    tx: &Tx,
    survivor: PersonId,
    merged: PersonId,
) -> AppResult<(person::Model, person::Model)> {
    let lock = async |id: PersonId| store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found);
    if survivor < merged {
        let kept = lock(survivor).await?;
        Ok((kept, lock(merged).await?))
    } else {
        let ended = lock(merged).await?;
        Ok((lock(survivor).await?, ended))
    }
}

/// Whether persons are where they were, and records of their own.
///
/// # Errors
/// [`MergeRefusal::Forbidden`].
pub(super) fn check_place(seen: &[(&person::Model, &Place)]) -> AppResult<()> {
    for (row, at) in seen {
        if row.merged_into.is_some() {
            return Err(AppError::refused(MergeRefusal::Forbidden(MergeObstacle::AlreadyMerged)));
        }
        if place_of(row) != **at {
            return Err(AppError::refused(MergeRefusal::Forbidden(MergeObstacle::Moved)));
        }
    }
    Ok(())
}
