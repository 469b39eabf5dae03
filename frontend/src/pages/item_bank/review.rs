//! Items of others that wait for a review: each is read with its key, then approved or sent back.

use super::{
    alike::AlikeWith, attachments::Attachments, comments::Comments, detail::Detail, kind::kind_name, preview::Preview,
    statistics::Statistics,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, query},
        deed::Deed,
        when,
    },
    ui::{
        Button, Column, DeedFailure, DeedForm, Dialog, Field, Look, PageHeading, Paged, PagedView, Table, TextInput,
        Toasts,
    },
};
use leptos::{context::Provider, prelude::*};
use shared::{
    ids::ItemId,
    item_bank::{ItemDetail, ItemRow, ItemState, ReviewDecision, may_be_tried},
    page::Page,
    work::ItemWait,
};

lazy_page! {
    /// The page.
    ItemReviewsPage = ItemReviews in office;
}

/// Opens the dialog with one item.
#[derive(Clone, Copy)]
struct LookAt(Callback<ItemId>);

#[component]
fn ItemReviews() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, looking) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let items = Paged::new(move |cursor: Option<String>| {
        let asked = query(&[("waits", Some(ItemWait::Review.to_string())), ("cursor", cursor)]);
        async move { client::get::<Page<ItemRow>>(actor, &format!("/items?{asked}")).await }
    });
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
    let on_done = Callback::new(move |row: ItemRow| {
        is_open.set(false);
        toasts.done(match row.state {
            ItemState::Approved => t_string!(i18n, item_bank.done_approve),
            ItemState::Trial => t_string!(i18n, item_bank.done_try),
            ItemState::Draft | ItemState::Returned => t_string!(i18n, item_bank.done_return),
        });
        items.amend(|rows| rows.retain(|shown| shown.id != row.id));
    });
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, item_bank.item))),
        Column::text(words(|locale| td_string!(locale, item_bank.course))),
        Column::text(words(|locale| td_string!(locale, item_bank.kind))),
        Column::number(words(|locale| td_string!(locale, item_bank.version))),
        Column::text(words(|locale| td_string!(locale, item_bank.created_at))),
        Column::text(words(|locale| td_string!(locale, item_bank.review))),
    ]);
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, item_bank.review_title)) />
            <p class="muted">{t!(i18n, item_bank.review_lead)}</p>
            <DeedFailure deed=looking />
            <Provider value=LookAt(look)>
                <PagedView paged=items empty=words(|locale| td_string!(locale, item_bank.review_none))>
                    <Table
                        caption=words(|locale| td_string!(locale, item_bank.review_title))
                        columns=columns.get_value()
                        rows=items.rows()
                        key=|row| (row.id, row.version)
                        row
                    />
                </PagedView>
            </Provider>
            <Dialog is_open title=words(|locale| td_string!(locale, item_bank.review_item))>
                {move || seen.get().map(|seen| view! { <Decide seen on_done /> })}
            </Dialog>
        </main>
    }
}

fn row(item: ItemRow) -> impl IntoView {
    let i18n = use_i18n();
    let LookAt(look) = expect_context::<LookAt>();
    let named = item.title.clone();
    view! {
        <th scope="row">{item.title}</th>
        <td>{item.course_title}</td>
        <td>{move || kind_name(i18n.get_locale(), item.kind)}</td>
        <td class="n">{item.version}</td>
        <td class="num">{move || when::date(i18n.get_locale(), item.created_at)}</td>
        <td>
            <Button on_press=move |()| look.run(item.id)>
                {t!(i18n, item_bank.review)}
                <span class="visually-hidden">" " {named}</span>
            </Button>
        </td>
    }
}

/// The item with its key, and the ways on.
#[component]
fn Decide(seen: ItemDetail, on_done: Callback<ItemRow>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (approving, returning) = (Deed::new(), Deed::new());
    let reason = RwSignal::new(String::new());
    let (id, version, has_alike, kind) = (seen.row.id, seen.row.version, seen.row.alike > 0, seen.row.kind);
    let (is_tried, may_try) = (seen.row.state == ItemState::Trial, may_be_tried(&seen.item.body));
    let decide = move |deed: Deed, decision: ReviewDecision| {
        let (path, version) = (format!("/items/{id}/reviews"), format!("\"{version}\""));
        let deciding = async move { client::post_over(actor, &path, &version, &decision).await };
        deed.run(deciding, move |row: ItemRow| on_done.run(row));
    };
    let send_back = move |()| decide(returning, ReviewDecision::Return { reason: reason.get_untracked() });
    view! {
        <Detail item=seen.item />
        <Preview seen=seen.view />
        {has_alike.then(|| view! { <AlikeWith id /> })}
        {is_tried.then(|| view! { <Statistics id kind /> })}
        <DeedFailure deed=approving />
        <div class="row">
            <Button
                look=Look::Primary
                is_busy=approving.is_busy()
                on_press=move |()| decide(approving, ReviewDecision::Approve {})
            >
                {t!(i18n, item_bank.approve)}
            </Button>
            {(may_try && !is_tried).then(|| view! {
                <Button is_busy=approving.is_busy() on_press=move |()| decide(approving, ReviewDecision::Try {})>
                    {t!(i18n, item_bank.try_first)}
                </Button>
            })}
        </div>
        {(may_try && !is_tried).then(|| view! { <p class="muted small">{t!(i18n, item_bank.try_about)}</p> })}
        <DeedForm
            deed=returning
            look=Look::Danger
            verb=words(|locale| td_string!(locale, item_bank.send_back))
            send=send_back
        >
            <Field
                id="reason"
                label=words(|locale| td_string!(locale, item_bank.reason))
                hint=words(|locale| td_string!(locale, item_bank.reason_hint))
                error=returning.field("/reason")
            >
                <TextInput value=reason />
            </Field>
        </DeedForm>
        <Attachments id />
        <Comments id />
    }
}
