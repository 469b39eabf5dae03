//! The rows of a blueprint: a table on a laptop, cards on a phone.

use super::{
    Found,
    form::{Form, RowForm, there},
    state_of_row,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        item_bank::{ability::ability_options, kind::kind_name},
        organisation::words::words,
    },
    ui::{Button, Column, Look, Table, Tag, Tone},
};
use leptos::{context::Provider, prelude::*};
use shared::{item_bank::ItemKind, papers::BankSummary, points::Points};

/// What a row must know of the rest.
#[derive(Clone, Copy)]
struct Around {
    form: Form,
    bank: StoredValue<BankSummary>,
}

/// The table, with the way to more rows.
#[component]
pub(super) fn Rows(form: Form, bank: StoredValue<BankSummary>) -> impl IntoView {
    let i18n = use_i18n();
    let around = Around { form, bank };
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, papers.row_number))),
        Column::text(words(|locale| td_string!(locale, item_bank.module))),
        Column::text(words(|locale| td_string!(locale, item_bank.ability))),
        Column::text(words(|locale| td_string!(locale, item_bank.kind))),
        Column::text(words(|locale| td_string!(locale, papers.row_count))),
        Column::text(words(|locale| td_string!(locale, papers.row_points))),
        Column::text(words(|locale| td_string!(locale, papers.row_state))),
        Column::text(words(|locale| td_string!(locale, papers.drop_row))),
    ];
    let sum = move || {
        let blueprint = form.draft().blueprint;
        let items: usize = blueprint.rows.iter().map(|row| usize::from(row.count)).sum();
        t_string!(i18n, papers.sum, count = items, points = blueprint.points().to_string())
    };
    let modules = move || {
        let mut names =
            bank.with_value(|bank| bank.cells.iter().map(|cell| cell.cell.module.clone()).collect::<Vec<_>>());
        names.dedup();
        names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()
    };
    view! {
        <datalist id="modules">{modules()}</datalist>
        <Provider value=around>
            <Table
                caption=words(|locale| td_string!(locale, papers.blueprint_title))
                columns
                rows=Signal::derive(move || form.rows.get())
                key=|row| row.number
                row
            />
        </Provider>
        <p class="num"><b>{sum}</b></p>
        <Button on_press=move |()| form.add_row()>{t!(i18n, papers.add_row)}</Button>
    }
}

fn row(row: RowForm) -> impl IntoView {
    let i18n = use_i18n();
    let Around { form, .. } = expect_context();
    let kinds = move || {
        let option = |kind: &ItemKind| (kind.as_str().to_owned(), kind_name(i18n.get_locale(), *kind).to_owned());
        ItemKind::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let remove = move |()| form.rows.update(|rows| rows.retain(|other| other.number != row.number));
    view! {
        <th scope="row">{move || t_string!(i18n, papers.row_label, row = form.place_of(row) + 1)}</th>
        <td>
            <input
                class="points wide"
                list="modules"
                autocomplete="off"
                aria-label=move || t_string!(i18n, item_bank.module)
                aria-invalid=move || row.module.with(|module| module.trim().is_empty()).then_some("true")
                prop:value=row.module
                on:change:target=move |event| row.module.set(event.target().value())
            />
        </td>
        <td>
            <Choice
                name=words(|locale| td_string!(locale, item_bank.ability))
                value=row.ability
                options=ability_options()
            />
        </td>
        <td>
            <Choice
                name=words(|locale| td_string!(locale, item_bank.kind))
                value=row.kind
                options=Signal::derive(kinds)
            />
        </td>
        <td>
            <Number
                name=words(|locale| td_string!(locale, papers.row_count))
                value=row.count
                is_wrong=Signal::derive(move || row.row().count == 0)
            />
        </td>
        <td>
            <Number
                name=words(|locale| td_string!(locale, papers.row_points))
                value=row.points
                is_wrong=Signal::derive(move || row.row().points == Points::ZERO)
            />
        </td>
        <td><State row /></td>
        <td><Button look=Look::Quiet on_press=remove>{t!(i18n, papers.drop_row)}</Button></td>
    }
}

/// What is wrong with the row, or how many items there are for it.
#[component]
fn State(row: RowForm) -> impl IntoView {
    let i18n = use_i18n();
    let (Around { form, bank }, Found(found)) = (expect_context(), expect_context());
    move || {
        let wanted = row.row();
        if wanted.module.trim().is_empty() {
            return view! { <Tag>{t!(i18n, papers.row_wants_module)}</Tag> }.into_any();
        }
        let cap = form.draft().blueprint.exposure_cap;
        let there = bank.with_value(|bank| there(bank, &wanted.cell(), cap));
        let (is_wrong, words) = found.with(|found| state_of_row(i18n.get_locale(), found, form.place_of(row), there));
        let tone = if is_wrong { Tone::Stop } else { Tone::Ok };
        view! { <Tag tone>{words}</Tag> }.into_any()
    }
}

#[component]
fn Choice(name: Signal<String>, value: RwSignal<String>, options: Signal<Vec<(String, String)>>) -> impl IntoView {
    let option = move |(choice, words): (String, String)| {
        let own = choice.clone();
        view! { <option value=choice prop:selected=move || value.with(|value| *value == own)>{words}</option> }
    };
    view! {
        <select
            class="points wide"
            aria-label=move || name.get()
            on:change:target=move |event| value.set(event.target().value())
        >
            {move || options.get().into_iter().map(option).collect_view()}
        </select>
    }
}

#[component]
fn Number(name: Signal<String>, value: RwSignal<String>, is_wrong: Signal<bool>) -> impl IntoView {
    view! {
        <input
            class="points num"
            inputmode="decimal"
            aria-label=move || name.get()
            aria-invalid=move || is_wrong.get().then_some("true")
            prop:value=value
            on:input:target=move |event| value.set(event.target().value())
        />
    }
}
