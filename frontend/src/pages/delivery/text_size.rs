//! How large what is asked is drawn: each candidate reads as they like, on each device for itself.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::keep,
    ui::Button,
};
use leptos::prelude::*;

/// Under which name the browser keeps it.
const NAME: &str = "exam-text-size";
/// The sizes, in percent; the sheet `exam.css` draws them.
const STEPS: [&str; 5] = ["100", "125", "150", "175", "200"];
/// Which of them large print begins with.
const LARGE_PRINT: usize = 2;

/// The size that is chosen.
#[derive(Clone, Copy)]
pub(super) struct TextSize(RwSignal<usize>);

impl TextSize {
    /// What was chosen on this device; at least large print for who was granted it.
    pub(super) fn kept(needs_large_print: bool) -> Self {
        let kept = keep::get(NAME).and_then(|kept| STEPS.iter().position(|step| *step == kept));
        let least = if needs_large_print { LARGE_PRINT } else { 0 };
        Self(RwSignal::new(kept.unwrap_or(least).max(least)))
    }

    /// The size, in percent.
    pub(super) fn step(self) -> &'static str {
        STEPS.get(self.0.get()).copied().unwrap_or(STEPS[0])
    }

    fn choose(self, place: usize) {
        if let Some(&step) = STEPS.get(place) {
            self.0.set(place);
            keep::set(NAME, Some(step));
        }
    }

    fn grow(self) {
        self.choose(self.0.get_untracked() + 1);
    }

    fn shrink(self) {
        self.choose(self.0.get_untracked().saturating_sub(1));
    }
}

/// The buttons that change it.
#[component]
pub(super) fn TextSizeButtons(
    /// What they change.
    size: TextSize,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || t_string!(i18n, delivery.text_size);
    view! {
        <section class="row tight text-size" aria-label=label>
            <Button on_press=move |()| size.shrink()>
                <span aria-hidden="true">"A−"</span>
                <span class="visually-hidden">{t!(i18n, delivery.text_smaller)}</span>
            </Button>
            <span class="num small" aria-live="polite">{move || size.step()} "%"</span>
            <Button on_press=move |()| size.grow()>
                <span aria-hidden="true">"A+"</span>
                <span class="visually-hidden">{t!(i18n, delivery.text_larger)}</span>
            </Button>
        </section>
    }
}
