//! Closing a school: whoever does it reads first which classes are not over, and what becomes of them.

use super::words::words;
use crate::{
    i18n::{t, td_string, use_i18n},
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
    ids::{ClassId, ProviderId},
    learning::{ClassRow, ClassState},
    organisation::OpenState,
    page::{MAX_PAGE_ROWS, Page},
};

/// The button that closes a school, and the dialog that asks before.
#[component]
pub(super) fn CloseSchool(
    /// The school.
    id: ProviderId,
    /// Keeps of which classes its closer was told.
    told: RwSignal<Vec<ClassId>>,
    /// Closes it.
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
            <Question id close cancel />
        </Dialog>
    }
}

/// Asks when it is known which classes there are.
#[component]
fn Question(id: ProviderId, close: Callback<Vec<ClassId>>, cancel: Callback<()>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let classes = LocalResource::new(move || unfinished(actor, id));
    view! {
        <AsyncView resource=classes let:classes>
            <Told classes close cancel />
        </AsyncView>
    }
}

/// The classes, what becomes of them, and the ways on.
#[component]
fn Told(classes: Vec<ClassRow>, close: Callback<Vec<ClassId>>, cancel: Callback<()>) -> impl IntoView {
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
            <p>{move || td_string!(i18n.get_locale(), organisation.close_classes, count = number)}</p>
            <ul>{classes.into_iter().map(row).collect_view()}</ul>
            <p>{t!(i18n, organisation.close_classes_text)}</p>
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

/// The classes of a school that are not over, state by state.
async fn unfinished(actor: Actor, id: ProviderId) -> Outcome<Vec<ClassRow>> {
    let mut classes = Vec::new();
    for state in ClassState::ALL.iter().filter(|state| !state.is_over()) {
        let path = format!("/classes?provider_id={id}&state={state}&limit={MAX_PAGE_ROWS}");
        let page: Page<ClassRow> = client::get(actor, &path).await?;
        classes.extend(page.items);
    }
    Ok(classes)
}
