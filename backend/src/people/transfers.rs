//! A person goes from one place to another: the sending school proposes, the receiving one answers; or the receiving one
//! asks, and the sending one answers. Until then only the sender sees the person.

mod export;
mod request;

pub(super) use export::export;
pub(super) use request::request;

use super::{
    entity::{person, person_transfer},
    merge::{FactBook, PersonMove},
    place::{PersonPermit, check_township, columns, open_school, place, place_of},
    store,
};
use crate::{
    access::{Action, Actor, Permit, Scope, actions, authorize},
    organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, decode_cursor, once, page},
    },
};
use serde::Deserialize;
use shared::{
    credit_bank::mask_name,
    ids::{AccountId, PersonId, PersonTransferId, ProviderId},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    people::{
        ProposeTransfer, TransferRefusal, TransferSide, TransferState, TransferStep, TransferView, check_reason,
        goes_along, local_division, may_propose, may_receive, next_transfer_state, tells_receiver,
    },
    problem::ProblemCode,
    rights::{Place, Right},
};
use std::collections::HashMap;

actions! {
    /// Propose a person to another place.
    Propose(PersonId) = TransferPeople;
    /// Answer a proposal, or take it back.
    Settle(PersonTransferId) = TransferPeople;
}

/// Proposes a person to another place.
///
/// # Errors
/// The fields that are wrong, `wrong-state` while another transfer of the person is open, `not-found`
/// if they have left the place of the permit.
pub async fn propose(
    cx: &Services,
    person: &PersonPermit<Propose>,
    key: &IdempotencyKey,
    proposal: &ProposeTransfer,
) -> AppResult<PersonTransferId> {
    let reason = check_reason(&proposal.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let (to, to_residence) = receiving_place(cx, &proposal.division, proposal.provider_id).await?;
    let (person_id, proposed_by) = (*person.permit.target(), person.permit.person()?);
    let id: PersonTransferId = cx.ids.new_id();
    cx.db
        .write(&person.permit, async |tx| {
            once(tx, proposed_by, key, &(person_id, proposal), async || {
                let row = person.lock(tx).await?;
                let new =
                    New { id, to: &to, to_residence: &to_residence, is_asked: false, reason: &reason, proposed_by };
                new.enter(tx, row, refused).await?;
                tx.note("transfer", id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// A transfer that one side begins.
struct New<'a> {
    id: PersonTransferId,
    to: &'a Place,
    to_residence: &'a str,
    /// Whether the receiver asks for the person.
    is_asked: bool,
    reason: &'a str,
    proposed_by: AccountId,
}

impl New<'_> {
    /// Enters it for a person who is locked; `refused` says what is told where the rules forbid it.
    ///
    /// # Errors
    /// Those of `refused`.
    async fn enter(&self, tx: &Tx, person: person::Model, refused: fn(TransferRefusal) -> AppError) -> AppResult<()> {
        let has_open = store::has_open_transfer(tx.conn(), person.id).await?;
        may_propose(&place_of(&person), self.to, has_open).map_err(refused)?;
        let (to_division, to_provider_id) = columns(self.to)?;
        tx.note("to", to_division.clone());
        let transfer = person_transfer::Model {
            id: self.id,
            person_id: person.id,
            from_division: person.division,
            from_provider_id: person.provider_id,
            to_division,
            to_provider_id,
            to_residence: self.to_residence.to_owned(),
            is_asked: self.is_asked,
            state: TransferState::Proposed.as_str().to_owned(),
            reason: self.reason.to_owned(),
            proposed_by: self.proposed_by,
            proposed_at: tx.now(),
            decided_by: None,
            decided_at: None,
            answer: None,
        };
        match store::insert_transfer(tx.conn(), transfer).await? {
            0 => Err(refused(TransferRefusal::AlreadyOpen)),
            _ => Ok(()),
        }
    }
}

fn refused(refusal: TransferRefusal) -> AppError {
    match refusal {
        TransferRefusal::SamePlace => AppError::field("/division", "same-place"),
        other => AppError::refused(other),
    }
}

/// The place that is to keep the person, and the township that they move to.
async fn receiving_place(cx: &Services, division: &str, school: Option<ProviderId>) -> AppResult<(Place, String)> {
    let malformed = || AppError::field("/division", "division-malformed");
    let township = local_division(division).ok_or_else(malformed)?;
    check_township(cx, &township, "/division").await?;
    let Some(id) = school else { return Ok((Place::Division { code: township.clone() }, township)) };
    let division = open_school(cx, id).await?.division;
    // A school of the whole county keeps people of all its townships.
    if !township.starts_with(&division) {
        return Err(AppError::field("/provider_id", "not-found"));
    }
    Ok((Place::Provider { id, division }, township))
}

fn sender(row: &person_transfer::Model) -> Place {
    place(&row.from_division, row.from_provider_id)
}

fn receiver(row: &person_transfer::Model) -> Place {
    place(&row.to_division, row.to_provider_id)
}

/// Which side began a transfer.
const fn begun_by(row: &person_transfer::Model) -> TransferSide {
    if row.is_asked { TransferSide::Receiver } else { TransferSide::Sender }
}

fn move_of(row: &person_transfer::Model) -> PersonMove {
    PersonMove {
        person_id: row.person_id,
        from: sender(row),
        to: receiver(row),
        residence_division: row.to_residence.clone(),
    }
}

fn state_of(row: &person_transfer::Model) -> AppResult<TransferState> {
    TransferState::parse(&row.state).ok_or_else(|| AppError::internal(format!("transfer in {}", row.state)))
}

/// Lets the actor take a step of a transfer, for the side whose step it is.
///
/// # Errors
/// `not-found` if the actor acts for neither side, `forbidden` if only for the other one.
pub(super) async fn permit(
    cx: &Services,
    actor: &Actor,
    id: PersonTransferId,
    step: TransferStep,
) -> AppResult<Permit<Settle>> {
    let row = store::find_transfer(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    authorize_side(actor, id, (&sender(&row), &receiver(&row)), step.side(begun_by(&row)))
}

/// Lets the actor take a step between two places, for the side whose step it is.
///
/// # Errors
/// `not-found` if the actor acts for neither side, `forbidden` if only for the other one.
pub fn authorize_side<A: Action>(
    actor: &Actor,
    target: A::Target,
    (sender, receiver): (&Place, &Place),
    side: TransferSide,
) -> AppResult<Permit<A>> {
    if ![sender, receiver].into_iter().any(|place| actor.has_any(&[A::RIGHT], place)) {
        return Err(AppError::not_found());
    }
    let side = match side {
        TransferSide::Sender => sender,
        TransferSide::Receiver => receiver,
    };
    authorize(actor, target, side)
}

/// Refuses, within a write, a school that has closed since somebody was proposed to it.
///
/// # Errors
/// `wrong-state` if it is closed.
pub async fn check_receiver(tx: &Tx, school: ProviderId) -> AppResult<()> {
    let school = organisation::hold_provider(tx, school).await?;
    may_receive(school.state).map_err(AppError::refused)
}

/// Takes a step. An accepted person is kept by, and lives at, the new place from then on, and what other
/// features have of them at the old one follows.
///
/// # Errors
/// `wrong-state` if the transfer has its answer, or the township or the school that accepts is no more;
/// `second-person-needed` if who proposed it accepts it.
pub(super) async fn settle(
    cx: &Services,
    book: &FactBook,
    permit: &Permit<Settle>,
    step: TransferStep,
    answer: Option<&str>,
) -> AppResult<()> {
    let (id, actor) = (*permit.target(), permit.person()?);
    let answer = answer.map(|answer| check_reason(answer, "/reason")).transpose();
    let answer = answer.map_err(|error| AppError::Invalid(vec![error]))?;
    cx.db
        .write(permit, async |tx| {
            let row = store::find_transfer(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let next = next_transfer_state(state_of(&row)?, step, row.proposed_by, actor).map_err(AppError::refused)?;
            if next == TransferState::Accepted {
                organisation::hold_division(tx, &row.to_residence).await?;
                if let Some(school) = row.to_provider_id {
                    check_receiver(tx, school).await?;
                }
            }
            if !store::settle_transfer(tx.conn(), &row, next, actor, tx.now(), answer.clone()).await? {
                return Err(AppError::Problem(ProblemCode::WrongState));
            }
            if next == TransferState::Accepted {
                if !store::move_person(tx.conn(), &row).await? {
                    return Err(AppError::Problem(ProblemCode::WrongState));
                }
                book.follow(cx, tx, &move_of(&row)).await?;
            }
            tx.note("person", row.person_id.to_string());
            tx.note("state", next.as_str());
            Ok(())
        })
        .await
}

/// Within the write that leads a learner's record from one school to another: the keeping of the person goes along, and
/// what other features have of them where they were follows. Who is kept elsewhere stays there.
///
/// # Errors
/// If the store fails.
pub async fn go_along(
    cx: &Services,
    tx: &Tx,
    book: &FactBook,
    id: PersonId,
    (from, to): (&Place, &Place),
) -> AppResult<()> {
    let row = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let kept = place_of(&row);
    if !goes_along(&kept, from, to) {
        return Ok(());
    }
    let (division, provider_id) = columns(to)?;
    store::lead_person(tx.conn(), id, &division, provider_id).await?;
    let going = PersonMove { person_id: id, from: kept, to: to.clone(), residence_division: row.residence_division };
    book.follow(cx, tx, &going).await
}

/// One transfer.
///
/// # Errors
/// `not-found` if the actor acts for neither side.
pub(super) async fn get(cx: &Services, actor: &Actor, id: PersonTransferId) -> AppResult<TransferView> {
    let row = store::find_transfer(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    if ![sender(&row), receiver(&row)].iter().any(|place| actor.has_any(&[Right::TransferPeople], place)) {
        return Err(AppError::not_found());
    }
    views(cx, actor, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

/// Which transfers are listed.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct TransferQuery {
    /// Only those that wait for the actor's answer.
    #[serde(default)]
    waits: bool,
    /// The division in which either side lies, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school that is either side.
    pub(super) provider_id: Option<ProviderId>,
    /// Where they stand.
    pub(super) state: Option<TransferState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl TransferQuery {
    /// The same transfers, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }

    /// Whether only those are listed that wait.
    pub(super) const fn is_of_waiting(&self) -> bool {
        self.waits
    }
}

/// Transfers from and to the places of the actor's roles, the newest first.
///
/// # Errors
/// `forbidden` if the actor transfers nobody anywhere.
pub(super) async fn list(cx: &Services, actor: &Actor, query: TransferQuery) -> AppResult<Page<TransferView>> {
    let scope = Scope::above_classes(actor, Right::TransferPeople)?;
    let wanted = match query.waits {
        true => store::waiting_for(&scope, actor.account_id),
        false => store::from_and_to(&scope),
    };
    let wanted = wanted
        .add_option(query.division.map(|code| store::of_division(&scope, code)))
        .add_option(query.provider_id.map(|id| store::of_school(&scope, id)))
        .add_option(query.state.map(store::in_state));
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after: Option<PersonTransferId> = decode_cursor(&of_page)?;
    let rows = store::list_transfers(cx.db.read(), wanted, after, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    Ok(Page { items: views(cx, actor, found.items).await?, next_cursor: found.next_cursor })
}

async fn views(cx: &Services, actor: &Actor, rows: Vec<person_transfer::Model>) -> AppResult<Vec<TransferView>> {
    let ids: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let people = store::list_by_ids(cx.db.read(), &ids).await?;
    let people: HashMap<PersonId, &person::Model> = people.iter().map(|row| (row.id, row)).collect();
    let names = SideNames::of(cx, &rows).await?;
    let view = |row: person_transfer::Model| {
        let state = state_of(&row)?;
        let acts_for_sender = || actor.has_any(&[Right::TransferPeople], &sender(&row));
        let is_told = tells_receiver(begun_by(&row), state) || acts_for_sender();
        let name = people.get(&row.person_id).map(|person| mask_name(&person.name));
        Ok(TransferView {
            id: row.id,
            is_request: row.is_asked,
            person_id: is_told.then_some(row.person_id),
            name_masked: name.filter(|_| is_told).unwrap_or_default(),
            state,
            from_name: if is_told { names.sender(&row) } else { String::new() },
            to_name: names.receiver(&row),
            from_division: if is_told { row.from_division } else { String::new() },
            to_division: row.to_division,
            to_provider_id: row.to_provider_id,
            reason: row.reason,
            proposed_at: row.proposed_at,
            decided_at: row.decided_at,
            answer: row.answer,
        })
    };
    rows.into_iter().map(view).collect()
}

/// The sides of transfers in words, wherever they lie. Of the sender no more than the division is told.
struct SideNames {
    divisions: HashMap<String, String>,
    schools: HashMap<ProviderId, String>,
}

impl SideNames {
    async fn of(cx: &Services, rows: &[person_transfer::Model]) -> AppResult<Self> {
        let codes = rows.iter().flat_map(|row| [row.from_division.as_str(), row.to_division.as_str()]);
        let divisions = organisation::division_names(cx, codes).await?;
        let schools = organisation::provider_names(cx, rows.iter().filter_map(|row| row.to_provider_id)).await?;
        Ok(Self { divisions, schools })
    }

    fn sender(&self, row: &person_transfer::Model) -> String {
        self.divisions.get(&row.from_division).cloned().unwrap_or_default()
    }

    fn receiver(&self, row: &person_transfer::Model) -> String {
        let division = self.divisions.get(&row.to_division);
        let school = row.to_provider_id.and_then(|id| self.schools.get(&id));
        division.into_iter().chain(school).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}
