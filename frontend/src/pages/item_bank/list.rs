//! The items of a course.

use super::{
    alike::AlikeTag,
    change::{ChangeButton, Ticked},
    describe::Described,
    export::ExportButton,
    filters::{Filters, Narrowing},
    kind::kind_name,
    seen::Seen,
    state::StateOf,
    statistics::{Measured, Used},
    title::shown_title,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{courses::OfOneCourse, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, query},
        deed::Deed,
        when,
    },
    ui::{Button, ButtonLink, Column, DeedFailure, Dialog, Look, PageHeading, Paged, PagedView, Table},
};
use leptos::{context::Provider, prelude::*};
use shared::{
    ids::ItemId,
    item_bank::{ChosenItem, ExportItems, ItemDetail, ItemRow},
    page::Page,
    rights::Role,
};
use std::collections::BTreeMap;

lazy_page! {
    /// The page.
    ItemsPage = Items in office;
}

/// What a row may do.
#[derive(Clone, Copy)]
struct Rows {
    /// Opens the dialog with one item.
    look: Callback<ItemId>,
    /// The items that are ticked for a file or a change.
    ticked: Ticked,
}

#[component]
fn Items() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_import = move || actor.roles().contains(&Role::ItemAuthor);
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=Signal::derive(move || t_string!(i18n, item_bank.title).to_owned()) />
                <Show when=may_import>
                    <ButtonLink href="/items/import" look=Look::Primary>{t!(i18n, item_bank.import)}</ButtonLink>
                </Show>
            </div>
            <OfOneCourse
                label=Signal::derive(move || t_string!(i18n, item_bank.course).to_owned())
                ask=Signal::derive(move || t_string!(i18n, item_bank.choose_course).to_owned())
                let:course
            >
                <OfCourse course />
            </OfOneCourse>
        </main>
    }
}

#[component]
fn OfCourse(course: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let narrowing = Narrowing::new();
    let ticked: Ticked = RwSignal::new(BTreeMap::new());
    let changed_of = course.clone();
    let asked = asked(course.clone(), narrowing, ticked);
    let items = Paged::new(move |cursor: Option<String>| {
        let mut asked = vec![("course_id", Some(course.clone())), ("cursor", cursor)];
        asked.extend(narrowing.asked());
        let path = format!("/items?{}", query(&asked));
        async move { client::get::<Page<ItemRow>>(actor, &path).await }
    });
    let reload = Callback::new(move |()| {
        ticked.set(BTreeMap::new());
        items.reload();
    });
    Effect::watch(move || narrowing.chosen(), move |_, _, _| reload.run(()), false);
    let (is_open, seen) = (RwSignal::new(false), RwSignal::new(None::<ItemDetail>));
    let look = Callback::new(move |id: ItemId| {
        deed.run(
            async move { client::post(actor, &format!("/items/{id}/views"), &serde_json::json!({})).await },
            move |detail| {
                seen.set(Some(detail));
                is_open.set(true);
            },
        );
    });
    let of_rows = Rows { look, ticked };
    let columns = move || {
        vec![
            Column::text(Signal::derive(move || t_string!(i18n, item_bank.item).to_owned())),
            Column::text(Signal::derive(move || t_string!(i18n, item_bank.kind).to_owned())),
            Column::text(words(|locale| td_string!(locale, item_bank.describe))),
            Column::text(Signal::derive(move || t_string!(i18n, item_bank.state).to_owned())),
            Column::number(Signal::derive(move || t_string!(i18n, item_bank.version).to_owned())),
            Column::text(words(|locale| td_string!(locale, item_bank.used))),
            Column::text(Signal::derive(move || t_string!(i18n, item_bank.created_at).to_owned())),
            Column::text(Signal::derive(move || t_string!(i18n, item_bank.look).to_owned())),
        ]
    };
    view! {
        <Filters narrowing reload />
        <ExportButton asked />
        <ChangeButton course=changed_of ticked reload />
        <p class="muted small">{t!(i18n, item_bank.look_note)}</p>
        <DeedFailure deed />
        <Provider value=of_rows>
            <PagedView paged=items empty=Signal::derive(move || t_string!(i18n, item_bank.none).to_owned())>
                <Table
                    caption=Signal::derive(move || t_string!(i18n, item_bank.title).to_owned())
                    columns=columns()
                    rows=items.rows()
                    key=|row| (row.id, row.version, row.state, row.retired_because.is_some(), row.descriptor_version, row.alike)
                    row
                />
            </PagedView>
        </Provider>
        <Dialog is_open title=Signal::derive(move || t_string!(i18n, item_bank.look_title).to_owned())>
            {move || seen.get().map(|seen| view! { <Seen seen is_open reload /> })}
        </Dialog>
    }
}

/// What a file is asked for by: the items that are ticked; if none is, those of the list as it is narrowed down then.
fn asked(course: String, narrowing: Narrowing, ticked: Ticked) -> Callback<(), Option<ExportItems>> {
    Callback::new(move |()| {
        let only: Vec<ItemId> = ticked.with_untracked(|ticked| ticked.keys().copied().collect());
        let asked = narrowing.exported(&course)?;
        Some(ExportItems { only: Some(only).filter(|only| !only.is_empty()), ..asked })
    })
}

fn row(item: ItemRow) -> impl IntoView {
    let i18n = use_i18n();
    let (Rows { look, ticked }, id, title) = (expect_context::<Rows>(), item.id, item.title);
    let seen = ChosenItem { item_id: id, version: item.version, descriptor_version: item.descriptor_version };
    let tick = move |is_ticked: bool| {
        ticked.update(|ticked| {
            if is_ticked {
                ticked.insert(id, seen);
            } else {
                ticked.remove(&id);
            }
        });
    };
    view! {
        <th scope="row">
            <label class="pick">
                <input
                    type="checkbox"
                    prop:checked=move || ticked.with(|ticked| ticked.contains_key(&id))
                    on:change:target=move |event| tick(event.target().checked())
                />
                <span>{move || shown_title(i18n.get_locale(), &title)}</span>
            </label>
            <AlikeTag count=item.alike />
        </th>
        <td>{move || kind_name(i18n.get_locale(), item.kind)}</td>
        <td><Described said=item.descriptor /> <Measured measured=item.measured /></td>
        <td>
            <StateOf
                state=item.state
                is_retired=item.retired_because.is_some()
                returned_because=item.returned_because
            />
        </td>
        <td class="n">{item.version}</td>
        <td><Used uses=item.uses last_used_at=item.last_used_at /></td>
        <td class="num">{move || when::date(i18n.get_locale(), item.created_at)}</td>
        <td><Button on_press=move |()| look.run(item.id)>{t!(i18n, item_bank.look)}</Button></td>
    }
}
