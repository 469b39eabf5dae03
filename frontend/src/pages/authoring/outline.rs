//! The outline: modules and units in their order (`order`).

use super::{
    draft::{Draft, Place},
    drag::Grip,
    order::{Order, Part, StepButton, Way},
};
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
    let order = Order::new(draft, chosen);
    let module = move |(at, (title, units)): (usize, (String, Vec<String>))| {
        view! { <ModuleRow draft order chosen at title units /> }
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
    order: Order,
    chosen: RwSignal<Option<Place>>,
    at: usize,
    title: String,
    units: Vec<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (written, part) = (title.clone(), Part::Module(at));
    let rename = move |event: leptos::ev::Event| {
        let title = event_target_value(&event);
        draft.change(|content| content.modules[at].title = title);
    };
    let remove = Callback::new(move |()| {
        chosen.set(None);
        draft.change(|content| drop(content.modules.remove(at)));
    });
    let add = move |()| draft.add_unit(at, t_string!(i18n, learning.author_new_unit).to_owned());
    let unit = move |(unit, title): (usize, String)| view! { <UnitRow draft order chosen place=(at, unit) title /> };
    view! {
        <li class="stack" data-part=part.to_string() class:is-target=move || order.is_target(part)>
            <div class="field">
                <label for=format!("module-{at}")>{t!(i18n, learning.author_module_title)}</label>
                <input id=format!("module-{at}") prop:value=written on:change=rename />
            </div>
            <div class="outline-row"><Movers part order title remove /></div>
            <ol>{units.into_iter().enumerate().map(unit).collect_view()}</ol>
            <Button look=Look::Quiet on_press=add>{t!(i18n, learning.author_add_unit)}</Button>
        </li>
    }
}

#[component]
fn UnitRow(draft: Draft, order: Order, chosen: RwSignal<Option<Place>>, place: Place, title: String) -> impl IntoView {
    let (module, at) = place;
    let part = Part::Unit(place);
    let remove = Callback::new(move |()| {
        chosen.set(None);
        draft.change(|content| drop(content.modules[module].units.remove(at)));
    });
    let name = title.clone();
    view! {
        <li
            class="outline-row"
            data-part=part.to_string()
            class:is-target=move || order.is_target(part)
            aria-current=move || (chosen.get() == Some(place)).then_some("true")
        >
            <button type="button" class="button quiet grow" on:click=move |_| chosen.set(Some(place))>{name}</button>
            <Movers part order title remove />
        </li>
    }
}

/// What a part is drawn by; up, down, away.
#[component]
fn Movers(part: Part, order: Order, title: String, remove: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_asking = RwSignal::new(false);
    let (up, down, asked) = (title.clone(), title.clone(), title);
    let put = move |row: String| order.drop_on(part, &row, i18n.get_locale_untracked());
    view! {
        <Grip row=part.to_string() drag=order.drag on_drop=put />
        <StepButton part order way=Way::Up title=up />
        <StepButton part order way=Way::Down title=down />
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
