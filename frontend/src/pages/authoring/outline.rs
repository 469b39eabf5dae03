//! The outline: modules and units, moved by buttons that work by keyboard too.

use super::draft::{Draft, Place};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ConfirmDialog, Look},
};
use leptos::prelude::*;

/// The titles alone: what the outline is drawn from.
fn titles(draft: Draft) -> Vec<(String, Vec<String>)> {
    draft.content.with(|content| {
        let units = |module: &shared::learning::Module| module.units.iter().map(|unit| unit.title.clone()).collect();
        content.modules.iter().map(|module| (module.title.clone(), units(module))).collect()
    })
}

/// Modules and units in order.
#[component]
pub(super) fn Outline(
    /// The draft.
    draft: Draft,
    /// The unit that is edited.
    chosen: RwSignal<Option<Place>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let titles = Memo::new(move |_| titles(draft));
    let add = move |()| {
        let words = (t_string!(i18n, learning.author_new_module), t_string!(i18n, learning.author_new_unit));
        draft.add_module(words.0.to_owned(), words.1.to_owned());
    };
    let module = move |(at, (title, units)): (usize, (String, Vec<String>))| {
        view! { <ModuleRow draft chosen at title units /> }
    };
    view! {
        <nav class="card stack" aria-label=move || t_string!(i18n, learning.author_outline)>
            <h2>{t!(i18n, learning.author_outline)}</h2>
            <ol class="outline">{move || titles.get().into_iter().enumerate().map(module).collect_view()}</ol>
            <Button on_press=add>{t!(i18n, learning.author_add_module)}</Button>
        </nav>
    }
}

#[component]
fn ModuleRow(
    draft: Draft,
    chosen: RwSignal<Option<Place>>,
    at: usize,
    title: String,
    units: Vec<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let written = title.clone();
    let rename = move |event: leptos::ev::Event| {
        let title = event_target_value(&event);
        draft.change(|content| content.modules[at].title = title);
    };
    let move_by = Callback::new(move |to: usize| {
        chosen.set(None);
        draft.change(|content| content.modules.swap(at, to));
    });
    let remove = Callback::new(move |()| {
        chosen.set(None);
        draft.change(|content| drop(content.modules.remove(at)));
    });
    let add = move |()| draft.add_unit(at, t_string!(i18n, learning.author_new_unit).to_owned());
    let last = draft.content.with_untracked(|content| content.modules.len().saturating_sub(1));
    let count = units.len();
    let unit = move |(unit, title): (usize, String)| {
        view! { <UnitRow draft chosen place=(at, unit) last=count.saturating_sub(1) title /> }
    };
    view! {
        <li class="stack">
            <div class="field">
                <label for=format!("module-{at}")>{t!(i18n, learning.author_module_title)}</label>
                <input id=format!("module-{at}") prop:value=written on:change=rename />
            </div>
            <div class="outline-row"><Movers at last title move_by remove /></div>
            <ol>{units.into_iter().enumerate().map(unit).collect_view()}</ol>
            <Button look=Look::Quiet on_press=add>{t!(i18n, learning.author_add_unit)}</Button>
        </li>
    }
}

#[component]
fn UnitRow(draft: Draft, chosen: RwSignal<Option<Place>>, place: Place, last: usize, title: String) -> impl IntoView {
    let (module, at) = place;
    let move_by = Callback::new(move |to: usize| {
        chosen.set(None);
        draft.change(|content| content.modules[module].units.swap(at, to));
    });
    let remove = Callback::new(move |()| {
        chosen.set(None);
        draft.change(|content| drop(content.modules[module].units.remove(at)));
    });
    let name = title.clone();
    view! {
        <li class="outline-row" aria-current=move || (chosen.get() == Some(place)).then_some("true")>
            <button type="button" class="button quiet grow" on:click=move |_| chosen.set(Some(place))>{name}</button>
            <Movers at last title move_by remove />
        </li>
    }
}

/// Up, down, away.
#[component]
fn Movers(at: usize, last: usize, title: String, move_by: Callback<usize>, remove: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_asking = RwSignal::new(false);
    let (up, down, asked) = (title.clone(), title.clone(), title);
    view! {
        {(at > 0).then(|| view! {
            <Button look=Look::Quiet on_press=move |()| move_by.run(at - 1)>
                <span aria-hidden="true">"↑"</span>
                <span class="visually-hidden">{t!(i18n, learning.author_up)} " " {up}</span>
            </Button>
        })}
        {(at < last).then(|| view! {
            <Button look=Look::Quiet on_press=move |()| move_by.run(at + 1)>
                <span aria-hidden="true">"↓"</span>
                <span class="visually-hidden">{t!(i18n, learning.author_down)} " " {down}</span>
            </Button>
        })}
        <Button look=Look::Quiet on_press=move |()| is_asking.set(true)>{t!(i18n, learning.author_remove)}</Button>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || t_string!(i18n, learning.author_remove_ask, title = asked.clone()))
            text=Signal::derive(move || t_string!(i18n, learning.author_remove_about).to_owned())
            confirm=Signal::derive(move || t_string!(i18n, learning.author_remove).to_owned())
            on_confirm=remove
        />
    }
}
