//! The way through something that has several steps.

use super::{Icon, Symbol};
use crate::i18n::{t, t_string, use_i18n};
use leptos::prelude::*;

/// Shows the steps, and which of them is the present one.
#[component]
pub fn Stepper(
    /// What each step is called, in order.
    #[prop(into)]
    steps: Signal<Vec<String>>,
    /// The position of the present step; the number of steps when all are done.
    #[prop(into)]
    current: Signal<usize>,
) -> impl IntoView {
    let i18n = use_i18n();
    let step = move |(position, name): (usize, String)| {
        let is_done = move || position < current.get();
        let is_current = move || position == current.get();
        view! {
            <li class:is-done=is_done aria-current=move || is_current().then_some("step")>
                <span class="mark num" aria-hidden="true">
                    <Show when=is_done fallback=move || position + 1>
                        <Icon symbol=Symbol::Check />
                    </Show>
                </span>
                <span>
                    {name}
                    <Show when=is_done>
                        <span class="visually-hidden">" " {t!(i18n, common.step_done)}</span>
                    </Show>
                </span>
            </li>
        }
    };
    view! {
        <ol class="stepper" aria-label=move || t_string!(i18n, common.steps)>
            {move || steps.get().into_iter().enumerate().map(step).collect_view()}
        </ol>
    }
}
