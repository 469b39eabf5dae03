//! Light or dark, standard or elder mode: kept on this device, marked on the root element.

use super::keep;
use leptos::prelude::document;

const THEME: &str = "data-theme";
const ELDER: &str = "data-elder";

/// Which colours the app shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    Device,
    /// Dark ink on light paper.
    Light,
    /// The other way round.
    Dark,
}

impl Theme {
    /// Every theme, in order.
    pub const ALL: [Self; 3] = [Self::Device, Self::Light, Self::Dark];

    /// Its name in the markup and in the browser's store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme that was chosen on this device.
    pub fn kept() -> Self {
        let kept = keep::get(THEME).unwrap_or_default();
        Self::ALL.into_iter().find(|theme| theme.as_str() == kept).unwrap_or_default()
    }

    /// Shows it from now on.
    pub fn choose(self) {
        let value = (self != Self::Device).then_some(self.as_str());
        mark(THEME, value);
        keep::set(THEME, value);
    }
}

/// Whether elder mode (长辈版) was chosen on this device.
pub fn is_elder() -> bool {
    keep::get(ELDER).is_some()
}

/// Switches elder mode.
pub fn choose_elder(is_on: bool) {
    let value = is_on.then_some("on");
    mark(ELDER, value);
    keep::set(ELDER, value);
}

/// Marks the page as it was left the last time.
pub fn apply_kept() {
    Theme::kept().choose();
    choose_elder(is_elder());
}

fn mark(attribute: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    drop(match value {
        Some(value) => root.set_attribute(attribute, value),
        None => root.remove_attribute(attribute),
    });
}
