//! The items that somebody wrote: where they stand, and the way to write one anew.

use super::{
    alike::AlikeTag,
    describe::Described,
    kind::kind_name,
    seen::Seen,
    state::{StateOf, state_name},
    statistics::Measured,
    unread::UnreadItems,
};
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, query},
        deed::Deed,
        when,
    },
    ui::{Button, ButtonLink, Column, DeedFailure, Dialog, Field, Look, PageHeading, Paged, PagedView, Select, Table},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::hooks::use_query_map;
use shared::{
    ids::ItemId,
    item_bank::{ItemDetail, ItemRow, ItemState},
    page::Page,
};

lazy_page! {
    /// The page; `?state=…` shows one state at first.
    MyItemsPage = MyItems in office;
}

/// Opens the dialog with one item.
#[derive(Clone, Copy)]
struct LookAt(Callback<ItemId>);

#[component]
fn MyItems() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, looking) = (expect_context::<Actor>(), Deed::new());
    let asked = use_query_map().with_untracked(|query| query.get("state"));
    let state = asked.and_then(|state| ItemState::parse(&state));
    let state = RwSignal::new(state.map(ItemState::as_str).unwrap_or_default().to_owned());
    let items = Paged::new(move |cursor: Option<String>| {
        let state = Some(state.get_untracked()).filter(|state| !state.is_empty());
        let asked = query(&[("own", Some(true.to_string())), ("state", state), ("cursor", cursor)]);
        async move { client::get::<Page<ItemRow>>(actor, &format!("/items?{asked}")).await }
    });
    Effect::watch(move || state.get(), move |_, _, _| items.reload(), false);
    let (is_open, seen) = (RwSignal::new(false), RwSignal::new(None::<ItemDetail>));
    let look = Callback::new(move |id: ItemId| {
        looking.run(
            async move { client::post(actor, &format!("/items/{id}/views"), &serde_json::json!({})).await },
            move |detail| {
                seen.set(Some(detail));
                is_open.set(true);
            },
        );
    });
    let reload = Callback::new(move |()| items.reload());
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, item_bank.mine_title)) />
                <ButtonLink href="/items/new">{t!(i18n, item_bank.new_title)}</ButtonLink>
                <ButtonLink href="/items/import" look=Look::Primary>{t!(i18n, item_bank.import)}</ButtonLink>
            </div>
            <p class="muted">{t!(i18n, item_bank.mine_lead)}</p>
            <States state />
            <DeedFailure deed=looking />
            <Provider value=LookAt(look)>
                <List items />
            </Provider>
            <UnreadItems />
            <Dialog is_open title=words(|locale| td_string!(locale, item_bank.look_title))>
                {move || seen.get().map(|seen| view! { <Seen seen is_open reload /> })}
            </Dialog>
        </main>
    }
}

#[component]
fn States(state: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let options = move || {
        let option = |state: &ItemState| (state.as_str().to_owned(), state_name(i18n.get_locale(), *state).to_owned());
        ItemState::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <div class="row search">
            <Field id="state" label=words(|locale| td_string!(locale, item_bank.show))>
                <Select
                    value=state
                    options=Signal::derive(options)
                    empty=words(|locale| td_string!(locale, item_bank.show_all))
                />
            </Field>
        </div>
    }
}

#[component]
fn List(items: Paged<ItemRow>) -> impl IntoView {
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, item_bank.item))),
        Column::text(words(|locale| td_string!(locale, item_bank.course))),
        Column::text(words(|locale| td_string!(locale, item_bank.kind))),
        Column::text(words(|locale| td_string!(locale, item_bank.describe))),
        Column::text(words(|locale| td_string!(locale, item_bank.state))),
        Column::text(words(|locale| td_string!(locale, item_bank.created_at))),
        Column::text(words(|locale| td_string!(locale, item_bank.look))),
    ]);
    view! {
        <PagedView paged=items empty=words(|locale| td_string!(locale, item_bank.mine_none))>
            <Table
                caption=words(|locale| td_string!(locale, item_bank.mine_title))
                columns=columns.get_value()
                rows=items.rows()
                key=|row| (row.id, row.version, row.state, row.retired_because.is_some(), row.descriptor_version, row.alike)
                row
            />
        </PagedView>
    }
}

fn row(item: ItemRow) -> impl IntoView {
    let i18n = use_i18n();
    let LookAt(look) = expect_context::<LookAt>();
    let named = item.title.clone();
    view! {
        <th scope="row">{item.title} " " <AlikeTag count=item.alike /></th>
        <td>{item.course_title}</td>
        <td>{move || kind_name(i18n.get_locale(), item.kind)}</td>
        <td><Described said=item.descriptor /> <Measured measured=item.measured /></td>
        <td>
            <StateOf
                state=item.state
                is_retired=item.retired_because.is_some()
                returned_because=item.returned_because
            />
        </td>
        <td class="num">{move || when::date(i18n.get_locale(), item.created_at)}</td>
        <td>
            <Button on_press=move |()| look.run(item.id)>
                {t!(i18n, item_bank.look)}
                <span class="visually-hidden">" " {named}</span>
            </Button>
        </td>
    }
}
