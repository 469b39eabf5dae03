//! Dialogs over the page: the browser's own `<dialog>`, which keeps the focus inside and gives it back.

use super::{Button, Icon, Look, Symbol, fresh_id};
use crate::i18n::{t, use_i18n};
use leptos::{html, prelude::*};

/// A dialog that stands while `is_open` says so.
#[component]
pub fn Dialog(
    /// Opens and closes it; closing by the Escape key sets it too.
    is_open: RwSignal<bool>,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What it holds; drawn anew each time that it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = fresh_id("dialog");
    let labelled_by = id.clone();
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        match (is_open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // The browser tells later that it has closed: by then it may have been opened anew.
    let closed = move |_| {
        if element.get_untracked().is_none_or(|dialog| !dialog.open()) {
            is_open.set(false);
        }
    };
    let children = StoredValue::new(children);
    view! {
        <dialog node_ref=element class="dialog" aria-labelledby=labelled_by on:close=closed>
            <Show when=move || is_open.get()>
                <div class="row spread">
                    <h2 id=id.clone()>{move || title.get()}</h2>
                    <Button look=Look::Quiet on_press=move |()| is_open.set(false)>
                        <Icon symbol=Symbol::Close />
                        <span class="visually-hidden">{t!(i18n, common.close)}</span>
                    </Button>
                </div>
                <div class="stack">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
}

/// A button that opens a dialog about one row of a list.
#[component]
pub fn DialogButton<V: IntoView + 'static>(
    /// The words on it, and the heading of the dialog.
    #[prop(into)]
    verb: Signal<String>,
    /// Which row it is, for who does not see where the button stands.
    named: String,
    /// Draws what the dialog holds, which closes it by what it gets.
    children: impl Fn(RwSignal<bool>) -> V + Send + Sync + 'static,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    view! {
        <Button on_press=move |()| is_open.set(true)>
            {move || verb.get()}
            <span class="visually-hidden">" " {named}</span>
        </Button>
        <Dialog is_open title=verb>{children(is_open)}</Dialog>
    }
}

/// Says what a step will do before it is done.
#[component]
pub fn ConfirmDialog(
    /// Opens and closes it.
    is_open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What will happen, and how it can be undone.
    #[prop(into)]
    text: Signal<String>,
    /// The words on the button that does it: the deed, never "OK".
    #[prop(into)]
    confirm: Signal<String>,
    /// Does it; the dialog has closed by then.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let go = move |()| {
        is_open.set(false);
        on_confirm.run(());
    };
    view! {
        <Dialog is_open title>
            <p>{move || text.get()}</p>
            <div class="row">
                <Button look=Look::Primary on_press=go>{move || confirm.get()}</Button>
                <Button on_press=move |()| is_open.set(false)>{t!(i18n, common.cancel)}</Button>
            </div>
        </Dialog>
    }
}
