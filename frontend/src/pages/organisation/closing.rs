//! Closing a school or a teaching point: whoever does it reads first which classes are not over, and what becomes of
//! them.

use super::words::words;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::teaching::words::state_name,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Button, Dialog, Look},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    ids::ClassId,
    learning::{ClassRow, ClassState},
    organisation::OpenState,
    page::{MAX_PAGE_ROWS, Page},
};

/// The button that closes a school, and the dialog that asks before.
#[component]
pub(super) fn CloseWithClasses(
    /// Whose classes are named: `provider_id=…`.
    whose: String,
    /// How many they are, in words.
    count: fn(Locale, usize) -> String,
    /// What becomes of them.
    outlook: fn(Locale) -> &'static str,
    /// Keeps of which classes its closer was told.
    told: RwSignal<Vec<ClassId>>,
    /// Closes what they belong to.
    save: Callback<OpenState>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_asking = RwSignal::new(false);
    let close = Callback::new(move |classes: Vec<ClassId>| {
        told.set(classes);
        is_asking.set(false);
        save.run(OpenState::Closed);
    });
    let cancel = Callback::new(move |()| is_asking.set(false));
    view! {
        <Button look=Look::Danger on_press=move |()| is_asking.set(true)>{t!(i18n, organisation.close)}</Button>
        <Dialog is_open=is_asking title=words(|locale| td_string!(locale, organisation.close_title))>
            <Question whose=whose.clone() count outlook close cancel />
        </Dialog>
    }
}

/// Asks when it is known which classes there are.
#[component]
fn Question(
    whose: String,
    count: fn(Locale, usize) -> String,
    outlook: fn(Locale) -> &'static str,
    close: Callback<Vec<ClassId>>,
    cancel: Callback<()>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let classes = LocalResource::new(move || unfinished(actor, whose.clone()));
    view! {
        <AsyncView resource=classes let:classes>
            <Told classes count outlook close cancel />
        </AsyncView>
    }
}

/// The classes, what becomes of them, and the ways on.
#[component]
fn Told(
    classes: Vec<ClassRow>,
    count: fn(Locale, usize) -> String,
    outlook: fn(Locale) -> &'static str,
    close: Callback<Vec<ClassId>>,
    cancel: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let ids: Vec<ClassId> = classes.iter().map(|class| class.id).collect();
    let number = classes.len();
    let row = move |class: ClassRow| {
        let state = class.state;
        view! {
            <li>
                <A href=format!("/classes/{}", class.id)>{class.name}</A>
                " "
                {move || state_name(i18n.get_locale(), state)}
            </li>
        }
    };
    let of_classes = (number > 0).then(|| {
        view! {
            <p>{move || count(i18n.get_locale(), number)}</p>
            <ul>{classes.into_iter().map(row).collect_view()}</ul>
            <p>{move || outlook(i18n.get_locale())}</p>
        }
    });
    view! {
        {of_classes}
        <p>{t!(i18n, organisation.close_text)}</p>
        <div class="row">
            <Button look=Look::Primary on_press=move |()| close.run(ids.clone())>{t!(i18n, organisation.close)}</Button>
            <Button on_press=move |()| cancel.run(())>{t!(i18n, common.cancel)}</Button>
        </div>
    }
}

/// Those classes that are not over, state by state.
async fn unfinished(actor: Actor, whose: String) -> Outcome<Vec<ClassRow>> {
    let mut classes = Vec::new();
    for state in ClassState::ALL.iter().filter(|state| !state.is_over()) {
        let path = format!("/classes?{whose}&state={state}&limit={MAX_PAGE_ROWS}");
        let page: Page<ClassRow> = client::get(actor, &path).await?;
        classes.extend(page.items);
    }
    Ok(classes)
}
