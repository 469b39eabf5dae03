//! Persons as the office of a township sees them, and how they move.

mod changes;
mod checked;
mod document;
pub(crate) mod list;
mod names;
pub(crate) mod new;
pub(crate) mod person;
mod propose;
mod reveal;
pub(crate) mod transfers;
mod words;

use shared::{ids::ProviderId, rights::Place};

/// The place that keeps a person or receives one.
fn place(division: &str, provider_id: Option<ProviderId>) -> Place {
    match provider_id {
        Some(id) => Place::Provider { id, division: division.to_owned() },
        None => Place::division(division),
    }
}

/// The significant digits of the division that a place is or lies in.
fn division_of(place: &Place) -> Option<&str> {
    match place {
        Place::Division { code } | Place::Provider { division: code, .. } | Place::Class { division: code, .. } => {
            Some(code)
        }
        Place::Own { .. } => None,
    }
}
