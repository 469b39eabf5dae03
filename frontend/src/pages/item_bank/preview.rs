//! An item as a candidate sees it on a phone, to be tried by who writes or reviews it.

use crate::{
    i18n::{t_string, use_i18n},
    items::{ItemStem, ResponseInput},
    ui::{Button, Look},
};
use leptos::prelude::*;
use shared::item_bank::{ItemView, Response};

/// Names the item on its page.
const ID: &str = "preview";

/// The way to see it, and the item, once it is asked for. What is answered stays here.
#[component]
pub(super) fn Preview(
    /// The item.
    seen: ItemView,
) -> impl IntoView {
    let i18n = use_i18n();
    let (is_open, given) = (RwSignal::new(false), RwSignal::new(None::<Response>));
    let seen = StoredValue::new(seen);
    let words = move || {
        if is_open.get() { t_string!(i18n, item_bank.preview_close) } else { t_string!(i18n, item_bank.preview) }
    };
    let change = move |response: Response| given.set(Some(response));
    view! {
        <Button look=Look::Quiet on_press=move |()| is_open.update(|is_open| *is_open = !*is_open)>{words}</Button>
        <Show when=move || is_open.get()>
            <section class="preview stack" aria-label=move || t_string!(i18n, item_bank.preview)>
                <ItemStem id=ID html=seen.with_value(|seen| seen.stem_html.clone()) />
                <ResponseInput item=seen.get_value() id=ID response=given on_change=change />
            </section>
        </Show>
    }
}
