//! Light or dark, standard or elder mode: kept on this device, marked on the root element.

use super::keep;
use leptos::prelude::document;

/// Something that can be switched on for the whole app.
#[derive(Clone, Copy)]
pub(crate) struct Mode {
    attribute: &'static str,
    on: &'static str,
    off: Option<&'static str>,
}

/// 长辈版.
pub(crate) const ELDER: Mode = Mode { attribute: "data-elder", on: "", off: None };
/// Dark whatever the device says; off is light whatever it says.
pub(crate) const DARK: Mode = Mode { attribute: "data-theme", on: "dark", off: Some("light") };

impl Mode {
    /// Whether it is on.
    pub(crate) fn is_on(self) -> bool {
        let root = document().document_element();
        root.and_then(|root| root.get_attribute(self.attribute)).as_deref() == Some(self.on)
    }

    /// Switches it and keeps the choice.
    pub(crate) fn toggle(self) {
        let value = if self.is_on() { self.off } else { Some(self.on) };
        mark(self.attribute, value);
        keep::set(self.attribute, value);
    }
}

/// Marks the page as it was left the last time.
pub(crate) fn apply_kept() {
    for mode in [ELDER, DARK] {
        if let Some(value) = keep::get(mode.attribute) {
            mark(mode.attribute, Some(&value));
        }
    }
}

fn mark(attribute: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    drop(match value {
        Some(value) => root.set_attribute(attribute, value),
        None => root.remove_attribute(attribute),
    });
}
