//! Short news at the edge of the screen, and the one voice for screen readers.

use super::{Button, Icon, Look, Symbol, Tone};
use crate::i18n::{t, t_string, use_i18n};
use leptos::prelude::*;
use std::time::Duration;

/// How long news stay that ask for nothing.
const STAYS: Duration = Duration::from_secs(8);

#[derive(Clone)]
struct Toast {
    number: u32,
    tone: Tone,
    text: String,
}

/// Says things. In every page: `expect_context::<Toasts>()`.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    whispered: RwSignal<String>,
    next: StoredValue<u32>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

impl Toasts {
    /// Nothing to say yet.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), whispered: RwSignal::new(String::new()), next: StoredValue::new(0) }
    }

    /// Says that something is done. It goes away by itself.
    pub fn done(self, text: impl Into<String>) {
        let number = self.show(Tone::Ok, text.into());
        set_timeout(move || self.dismiss(number), STAYS);
    }

    /// Says that something needs the reader. It stays until it is closed.
    pub fn warn(self, text: impl Into<String>) {
        self.show(Tone::Stop, text.into());
    }

    /// Tells only those who listen: what others see happen on the page.
    pub fn whisper(self, text: impl Into<String>) {
        self.whispered.set(text.into());
    }

    fn show(self, tone: Tone, text: String) -> u32 {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        self.shown.update(|shown| shown.push(Toast { number, tone, text }));
        number
    }

    fn dismiss(self, number: u32) {
        self.shown.update(|shown| shown.retain(|toast| toast.number != number));
    }
}

/// Where news appear; the app has one.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    view! {
        <p class="visually-hidden" role="status">{move || toasts.whispered.get()}</p>
        <section class="toasts no-print" aria-live="polite" aria-label=move || t_string!(i18n, common.notices)>
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                <div class=format!("toast notice {}", toast.tone.class())>
                    <p>{toast.text}</p>
                    <Button look=Look::Quiet on_press=move |()| toasts.dismiss(toast.number)>
                        <Icon symbol=Symbol::Close />
                        <span class="visually-hidden">{t!(i18n, common.close)}</span>
                    </Button>
                </div>
            </For>
        </section>
    }
}
