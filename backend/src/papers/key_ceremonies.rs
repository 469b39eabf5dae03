//! Splitting the key of a sealed paper among custodians: who can be one, and how it stands.

use super::{
    entity::{key_ceremony, key_share},
    keys::{own_key, share_purpose, wrapped_purpose},
    service::state_of,
    splitting::{ReleaseSecret, split, wrap},
    store::{self, PaperHead},
};
use crate::{
    access::{Permit, actions},
    identity, organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, KeyCeremonyId, PaperId},
    papers::{
        KeyCeremonyView, KeyCustodian, KeyRefusal, KeyShare, KeyShareState, KeyShareView, NewKeyCeremony,
        may_split_key, validate_custodian_places, validate_new_key_ceremony,
    },
    problem::FieldError,
    rights::{Place, Right},
};
use std::collections::HashMap;

actions! {
    /// Split the key of a sealed paper among custodians.
    BeginKeyCeremony(PaperId) = ComposePaper;
}

/// Who can be a custodian, and at which divisions, by their accounts.
async fn bureaux(cx: &Services) -> AppResult<HashMap<AccountId, Vec<String>>> {
    let mut bureaux: HashMap<AccountId, Vec<String>> = HashMap::new();
    for (account, place) in identity::holders_of(cx, Right::HoldKeyShare).await? {
        if let Place::Division { code } = place {
            bureaux.entry(account).or_default().push(code);
        }
    }
    Ok(bureaux)
}

/// Who can be a custodian, by place and name.
///
/// # Errors
/// `not-found` if there is no such paper.
pub(super) async fn custodians(cx: &Services, id: PaperId) -> AppResult<Vec<KeyCustodian>> {
    store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let bureaux = bureaux(cx).await?;
    let names = identity::names_of(cx, &bureaux.keys().copied().collect::<Vec<_>>()).await?;
    let places = organisation::division_names(cx, bureaux.values().flatten().map(String::as_str)).await?;
    let custodian = |(account_id, codes): (AccountId, Vec<String>)| KeyCustodian {
        account_id,
        name: names.get(&account_id).cloned().unwrap_or_default(),
        place_name: codes.first().and_then(|code| places.get(code)).cloned().unwrap_or_default(),
    };
    let mut custodians: Vec<_> = bureaux.into_iter().map(custodian).collect();
    custodians.sort_by(|one, other| {
        (&one.place_name, &one.name, one.account_id).cmp(&(&other.place_name, &other.name, other.account_id))
    });
    Ok(custodians)
}

/// Splits the key of a sealed paper. If it was split before and not every custodian has typed their share back, that
/// ends, and the shares of it open nothing any more.
///
/// # Errors
/// The fields that are wrong; `not-found`; `wrong-state` if the paper is not sealed, or its key is with its custodians.
pub(super) async fn begin(
    cx: &Services,
    permit: &Permit<BeginKeyCeremony>,
    key: &IdempotencyKey,
    new: &NewKeyCeremony,
) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    let wrong = validate_new_key_ceremony(new);
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    let divisions = divisions_of(cx, &new.custodians).await?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, &(id, new), async || {
                let paper = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
                let before = store::list_ceremonies(tx.conn(), &[id]).await?.pop();
                let is_closed = before.as_ref().is_some_and(|before| before.closed_at.is_some());
                may_split_key(state_of(&paper), is_closed).map_err(AppError::refused)?;
                refuse_who_handled(&paper, person, new)?;
                if let Some(before) = before {
                    store::end_ceremony(tx.conn(), before.id, tx.now()).await?;
                }
                tx.note("threshold", new.threshold);
                tx.note("custodians", serde_json::json!(new.custodians));
                insert(cx, tx, &paper, (person, new), &divisions).await
            })
            .await
        })
        .await
}

/// Where each of these keeps their share.
async fn divisions_of(cx: &Services, custodians: &[AccountId]) -> AppResult<Vec<String>> {
    let bureaux = bureaux(cx).await?;
    let mut divisions = Vec::with_capacity(custodians.len());
    for (at, custodian) in custodians.iter().enumerate() {
        let division = bureaux.get(custodian).and_then(|codes| codes.first());
        let division = division.ok_or_else(|| AppError::field(&format!("/custodians/{at}"), "no-custodian"))?;
        divisions.push(division.clone());
    }
    let wrong = validate_custodian_places(&divisions);
    if wrong.is_empty() { Ok(divisions) } else { Err(AppError::Invalid(wrong)) }
}

/// Who proposed or sealed the paper, or splits its key, is nobody who keeps a share of it.
fn refuse_who_handled(paper: &PaperHead, person: AccountId, new: &NewKeyCeremony) -> AppResult<()> {
    let handled = [Some(person), Some(paper.created_by), paper.proposed_by, paper.sealed_by];
    let at = |(at, custodian): (usize, &AccountId)| {
        let is_of_them = handled.contains(&Some(*custodian));
        is_of_them.then(|| FieldError::new(format!("/custodians/{at}"), "handled-paper"))
    };
    let wrong: Vec<_> = new.custodians.iter().enumerate().filter_map(at).collect();
    if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
}

async fn insert(
    cx: &Services,
    tx: &Tx,
    paper: &PaperHead,
    (person, new): (AccountId, &NewKeyCeremony),
    divisions: &[String],
) -> AppResult<()> {
    let content_key = own_key(cx, tx.conn(), paper.id).await?;
    let content_key = content_key.ok_or_else(|| AppError::internal("the key of a sealed paper is gone"))?;
    let secret: ReleaseSecret = cx.ids.secret();
    let id: KeyCeremonyId = cx.ids.new_id();
    let wrapped = wrap(paper.id, &secret, &content_key, &*cx.ids)?;
    let wrapped_key = Some(cx.keys.fields.seal_bytes(&wrapped_purpose(id), &wrapped, &*cx.ids)?);
    let threshold = i32::from(new.threshold);
    let (begun_at, closed_at, ended_at) = (tx.now(), None, None);
    let (paper_id, begun_by) = (paper.id, person);
    let row = key_ceremony::Model { id, paper_id, threshold, wrapped_key, begun_by, begun_at, closed_at, ended_at };
    let shares = split(&secret, usize::from(new.threshold), new.custodians.len(), &*cx.ids)?;
    let kept = new.custodians.iter().zip(divisions);
    let shares = shares.iter().zip(kept).map(|(share, (custodian, division))| {
        let custodian = (*custodian, division.clone());
        share_row(cx, id, share, custodian)
    });
    store::insert_ceremony(tx.conn(), row, shares.collect::<AppResult<_>>()?).await
}

fn share_row(
    cx: &Services,
    ceremony_id: KeyCeremonyId,
    share: &KeyShare,
    (custodian_id, division): (AccountId, String),
) -> AppResult<key_share::Model> {
    let id = cx.ids.new_id();
    Ok(key_share::Model {
        id,
        ceremony_id,
        custodian_id,
        division,
        position: i32::from(share[0]),
        sha256: hex::encode(Sha256::digest(share)),
        content: Some(cx.keys.fields.seal_bytes(&share_purpose(id), share, &*cx.ids)?),
        shown_at: None,
        confirmed_at: None,
        handed_in_at: None,
    })
}

/// How the keys of these papers are split, those of which they are.
pub(super) async fn views(cx: &Services, papers: &[PaperId]) -> AppResult<HashMap<PaperId, KeyCeremonyView>> {
    let ceremonies = store::list_ceremonies(cx.db.read(), papers).await?;
    if ceremonies.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<_> = ceremonies.iter().map(|row| row.id).collect();
    let shares = store::list_shares(cx.db.read(), &ids).await?;
    let names = identity::names_of(cx, &shares.iter().map(|row| row.custodian_id).collect::<Vec<_>>()).await?;
    let places = organisation::division_names(cx, shares.iter().map(|row| row.division.as_str())).await?;
    let share = |row: &key_share::Model| KeyShareView {
        custodian_name: names.get(&row.custodian_id).cloned().unwrap_or_default(),
        place_name: places.get(&row.division).cloned().unwrap_or_default(),
        state: share_state(row),
    };
    let view = |row: key_ceremony::Model| {
        let shares = shares.iter().filter(|share| share.ceremony_id == row.id).map(share).collect();
        let threshold = u8::try_from(row.threshold).map_err(AppError::internal)?;
        Ok((row.paper_id, KeyCeremonyView { threshold, closed_at: row.closed_at, shares }))
    };
    ceremonies.into_iter().map(view).collect()
}

/// Where a share stands.
pub(super) const fn share_state(row: &key_share::Model) -> KeyShareState {
    match (row.handed_in_at, row.confirmed_at, row.shown_at) {
        (Some(_), ..) => KeyShareState::HandedIn,
        (None, Some(_), _) => KeyShareState::Confirmed,
        (None, None, Some(_)) => KeyShareState::Shown,
        (None, None, None) => KeyShareState::Waiting,
    }
}

/// Refuses a paper whose key was split and not handed over: some custodians would keep a share, and the server the key.
///
/// # Errors
/// `wrong-state` if it is such a one.
pub async fn refuse_unfinished(tx: &Tx, id: PaperId) -> AppResult<()> {
    let ceremony = store::list_ceremonies(tx.conn(), &[id]).await?.pop();
    match ceremony {
        Some(ceremony) if ceremony.closed_at.is_none() => Err(AppError::refused(KeyRefusal::NotClosed)),
        _ => Ok(()),
    }
}
