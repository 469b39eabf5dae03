//! Modules and units change their places: by buttons that keep the focus, or drawn there (`drag`).

use super::{
    draft::{Draft, Place},
    drag::Drag,
};
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    ui::Toasts,
};
use leptos::{prelude::*, wasm_bindgen::JsCast};
use shared::learning::{above, below, move_module, move_unit};
use std::fmt;

/// A part of the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A module, by its place.
    Module(usize),
    /// A unit, by module and place.
    Unit(Place),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Module(at) => write!(f, "{at}"),
            Self::Unit((module, at)) => write!(f, "{module}-{at}"),
        }
    }
}

impl Part {
    /// The part with this text.
    fn parse(text: &str) -> Option<Self> {
        match text.split_once('-') {
            Some((module, at)) => Some(Self::Unit((module.parse().ok()?, at.parse().ok()?))),
            None => Some(Self::Module(text.parse().ok()?)),
        }
    }
}

/// Up or down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

/// The order of the outline, and what is being drawn over it.
#[derive(Clone, Copy)]
pub(super) struct Order {
    draft: Draft,
    /// The unit that is edited.
    chosen: RwSignal<Option<Place>>,
    toasts: Toasts,
    /// What is drawn over the outline.
    pub(super) drag: Drag,
}

impl Order {
    pub(super) fn new(draft: Draft, chosen: RwSignal<Option<Place>>) -> Self {
        let toasts = expect_context::<Toasts>();
        Self { draft, chosen, toasts, drag: Drag::new() }
    }

    /// Whether something that is drawn would go to where this part is.
    pub(super) fn is_target(self, part: Part) -> bool {
        self.drag.is_target(&part.to_string())
    }

    /// Where a part goes one step on.
    fn step(self, part: Part, way: Way) -> Option<Part> {
        self.draft.content.with_untracked(|content| match (part, way) {
            (Part::Module(at), Way::Up) => at.checked_sub(1).map(Part::Module),
            (Part::Module(at), Way::Down) => (at + 1 < content.modules.len()).then_some(Part::Module(at + 1)),
            (Part::Unit(place), Way::Up) => above(content, place).map(Part::Unit),
            (Part::Unit(place), Way::Down) => below(content, place).map(Part::Unit),
        })
    }

    /// Moves a part to where another is, keeps the unit that is edited, and says where the part is now.
    fn move_to(self, part: Part, to: Part, locale: Locale) {
        let edited = self.chosen.get_untracked().and_then(|place| self.draft.unit(place)).map(|unit| unit.id);
        let stands = match (part, to) {
            (Part::Module(_), Part::Unit((module, _))) => Part::Module(module),
            (Part::Unit(_), Part::Module(module)) => Part::Unit((module, 0)),
            _ => to,
        };
        self.draft.change(|content| match (part, stands) {
            (Part::Module(from), Part::Module(to)) => move_module(content, from, to),
            (Part::Unit(from), Part::Unit(to)) => move_unit(content, from, to),
            _ => {}
        });
        let now = edited.and_then(|id| self.draft.place_of(id));
        if self.chosen.get_untracked() != now {
            self.chosen.set(now);
        }
        self.toasts.whisper(self.words_of(stands, locale));
    }

    /// Where a part stands, in words.
    fn words_of(self, part: Part, locale: Locale) -> String {
        self.draft.content.with_untracked(|content| {
            let title = |at: usize| content.modules.get(at).map(|module| module.title.clone()).unwrap_or_default();
            match part {
                Part::Module(at) => {
                    let all = content.modules.len();
                    td_string!(locale, learning.moved_module, title = title(at), place = at + 1, all = all)
                }
                Part::Unit((module, at)) => {
                    let units = content.modules.get(module).map(|module| &module.units);
                    let all = units.map_or(0, Vec::len);
                    let unit = units.and_then(|units| units.get(at)).map(|unit| unit.title.clone()).unwrap_or_default();
                    let module = title(module);
                    td_string!(locale, learning.moved_unit, title = unit, module = module, place = at + 1, all = all)
                }
            }
        })
    }

    /// Moves a part to the row over which it was let go, if that is one of the outline.
    pub(super) fn drop_on(self, part: Part, row: &str, locale: Locale) {
        if let Some(to) = Part::parse(row) {
            self.move_to(part, to, locale);
        }
    }
}

/// One step up or down. The button keeps the focus where the part goes, and stays where there is no way.
#[component]
pub(super) fn StepButton(part: Part, order: Order, way: Way, title: String) -> impl IntoView {
    let i18n = use_i18n();
    let id_at = move |part: Part| format!("{}-{part}", if way == Way::Up { "up" } else { "down" });
    let to = order.step(part, way);
    let press = move |_| {
        if let Some(to) = to {
            order.move_to(part, to, i18n.get_locale_untracked());
            focus_by_id(id_at(to));
        }
    };
    let words = move || match way {
        Way::Up => t_string!(i18n, learning.author_up),
        Way::Down => t_string!(i18n, learning.author_down),
    };
    view! {
        <button
            type="button"
            id=id_at(part)
            class="button quiet"
            aria-disabled=to.is_none().then_some("true")
            on:click=press
        >
            <span aria-hidden="true">{if way == Way::Up { "↑" } else { "↓" }}</span>
            <span class="visually-hidden">{words} " " {title}</span>
        </button>
    }
}

/// Moves the focus to an element, once the page has been drawn.
fn focus_by_id(id: String) {
    request_animation_frame(move || {
        let found = document().get_element_by_id(&id);
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            drop(element.focus());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_as_it_is_written() {
        for part in [Part::Module(3), Part::Unit((0, 12))] {
            assert_eq!(Part::parse(&part.to_string()), Some(part));
        }
        assert_eq!(Part::parse("x"), None);
    }
}
