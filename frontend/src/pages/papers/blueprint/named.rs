//! Items that every form holds, and items that none does.

use super::form::Form;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        item_bank::{kind::kind_name, title::shown_title},
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{self, query},
    },
    ui::{Button, Column, Paged, PagedView, Table},
};
use leptos::{context::Provider, prelude::*};
use shared::{
    ids::ItemId,
    item_bank::{Cell, ItemRow, ItemState},
    page::Page,
    papers::BankItem,
};

/// Something to read, in the language of who reads.
type Words = fn(Locale) -> &'static str;

/// Every form holds it.
const MANDATORY: &str = "mandatory";
/// No form holds it.
const EXCLUDED: &str = "excluded";

/// The list, once somebody asks for it.
#[component]
pub(super) fn Named(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let is_shown = RwSignal::new(false);
    view! {
        <section class="card stack" aria-labelledby="named-heading">
            <h2 id="named-heading">{t!(i18n, papers.named)}</h2>
            <p class="muted small">{t!(i18n, papers.named_about)}</p>
            <p class="num">
                {t!(i18n, papers.named_mandatory)} " " {move || form.mandatory.with(Vec::len)} " · "
                {t!(i18n, papers.named_excluded)} " " {move || form.excluded.with(Vec::len)}
            </p>
            {move || match is_shown.get() {
                true => view! { <Listed form /> }.into_any(),
                false => view! {
                    <Button on_press=move |()| is_shown.set(true)>{t!(i18n, papers.named_list)}</Button>
                }
                .into_any(),
            }}
        </section>
    }
}

#[component]
fn Listed(form: Form) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let items = Paged::new(move |cursor: Option<String>| {
        let state = Some(ItemState::Approved.to_string());
        let asked = query(&[("course_id", Some(form.course_id.to_string())), ("state", state), ("cursor", cursor)]);
        async move { client::get::<Page<ItemRow>>(actor, &format!("/items?{asked}")).await }
    });
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, item_bank.item))),
        Column::text(words(|locale| td_string!(locale, item_bank.kind))),
        Column::text(words(|locale| td_string!(locale, papers.named_use))),
    ]);
    view! {
        <Provider value=form>
            <PagedView paged=items empty=words(|locale| td_string!(locale, papers.no_items))>
                <Table
                    caption=words(|locale| td_string!(locale, papers.named_list))
                    columns=columns.get_value()
                    rows=items.rows()
                    key=|row| row.id
                    row
                />
            </PagedView>
        </Provider>
    }
}

/// Says what becomes of an item.
fn settle(form: Form, item: &ItemRow, chosen: &str) {
    let id = item.id;
    let put = |list: RwSignal<Vec<ItemId>>, is_in: bool| {
        list.update(|list| {
            list.retain(|other| *other != id);
            if is_in {
                list.push(id);
            }
        });
    };
    if let Some(item) = bank_item(item) {
        form.named.update(|named| {
            named.retain(|other| other.item_id != id);
            named.push(item);
        });
    }
    put(form.mandatory, chosen == MANDATORY);
    put(form.excluded, chosen == EXCLUDED);
}

/// What the list tells of an item; how well it is known stands in the bank alone.
fn bank_item(row: &ItemRow) -> Option<BankItem> {
    let said = row.descriptor.as_ref()?;
    Some(BankItem {
        item_id: row.id,
        version: row.version,
        cell: Cell { module: said.module.clone(), ability: said.ability, kind: row.kind },
        difficulty: said.difficulty,
        enemies: said.enemies.clone(),
        exposure: 0,
        is_recent: false,
        is_trial: row.state == ItemState::Trial,
    })
}

fn row(item: ItemRow) -> impl IntoView {
    let i18n = use_i18n();
    let form = expect_context::<Form>();
    let (id, kind, title, named) = (item.id, item.kind, item.title.clone(), item.title.clone());
    let chosen = Memo::new(move |_| {
        if form.mandatory.with(|list| list.contains(&id)) {
            MANDATORY
        } else if form.excluded.with(|list| list.contains(&id)) {
            EXCLUDED
        } else {
            ""
        }
    });
    let uses: [(&'static str, Words); 3] = [
        ("", |locale| td_string!(locale, papers.named_free)),
        (MANDATORY, |locale| td_string!(locale, papers.named_mandatory)),
        (EXCLUDED, |locale| td_string!(locale, papers.named_excluded)),
    ];
    let option = move |(value, words): (&'static str, Words)| {
        view! {
            <option value=value prop:selected=move || chosen.get() == value>
                {move || words(i18n.get_locale())}
            </option>
        }
    };
    view! {
        <th scope="row">{move || shown_title(i18n.get_locale(), &title)}</th>
        <td>{move || kind_name(i18n.get_locale(), kind)}</td>
        <td>
            <select
                class="points wide"
                aria-label=move || {
                    format!("{} {}", t_string!(i18n, papers.named_use), shown_title(i18n.get_locale(), &named))
                }
                on:change:target=move |event| settle(form, &item, &event.target().value())
            >
                {uses.into_iter().map(option).collect_view()}
            </select>
        </td>
    }
}
