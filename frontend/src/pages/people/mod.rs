//! Persons as the office of a township sees them, and how they move.

pub(super) mod ask;
pub(super) mod birth;
mod changes;
pub(super) mod checked;
pub(crate) mod corrections;
pub(super) mod document;
pub(crate) mod list;
pub(crate) mod merging;
pub(super) mod names;
pub(crate) mod new;
pub(crate) mod person;
pub(super) mod propose;
pub(super) mod reason;
mod reveal;
pub(super) mod sought_name;
pub(super) mod stated;
pub(crate) mod transfers;
pub(super) mod words;

use crate::{pages::organisation::may, platform::actor::Actor};
use shared::{
    ids::ProviderId,
    people::TransferView,
    rights::{Place, Right},
};

/// Whether the reader acts for the receiver; of what the list shows, otherwise for the sender.
fn is_incoming(actor: Actor, transfer: &TransferView) -> bool {
    may(actor, Right::TransferPeople, &place(&transfer.to_division, transfer.to_provider_id))
}

/// The place that keeps a person or receives one.
pub(super) fn place(division: &str, provider_id: Option<ProviderId>) -> Place {
    match provider_id {
        Some(id) => Place::Provider { id, division: division.to_owned() },
        None => Place::division(division),
    }
}

/// The significant digits of the division that a place is or lies in.
pub(super) fn division_of(place: &Place) -> Option<&str> {
    match place {
        Place::Division { code }
        | Place::Provider { division: code, .. }
        | Place::Class { division: code, .. }
        | Place::ServicePoint { serves: code, .. } => Some(code),
        Place::Course { .. } | Place::Own { .. } => None,
    }
}
