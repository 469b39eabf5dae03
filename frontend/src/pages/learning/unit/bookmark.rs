//! Where the reader left a text, remembered on this device.

use super::gaze::Place;
use crate::platform::keep;
use leptos::prelude::*;
use shared::ids::UnitId;

/// The remembered place in one unit: how much of the text is above the window, in thousandths.
#[derive(Clone, Copy)]
pub(super) struct Bookmark {
    unit: UnitId,
    permille: StoredValue<Option<u16>>,
}

impl Bookmark {
    /// The place that was kept.
    pub(super) fn kept(unit: UnitId) -> Self {
        let permille = keep::get(&name(unit)).and_then(|kept| kept.parse().ok());
        Self { unit, permille: StoredValue::new(permille) }
    }

    /// Where the reader left the text; absent at its beginning and past its end.
    pub(super) fn permille(self) -> Option<u16> {
        self.permille.get_value()
    }

    /// Remembers where the text stands now.
    pub(super) fn keep(self, place: Place) {
        let permille = Some(place.above_permille()).filter(|above| (1..1_000).contains(above));
        if self.permille() != permille {
            self.permille.set_value(permille);
            keep::set(&name(self.unit), permille.map(|permille| permille.to_string()).as_deref());
        }
    }
}

fn name(unit: UnitId) -> String {
    format!("place_in:{unit}")
}
