//! Another item of the same field takes the place of one.

use super::Drawn;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{item_bank::title::shown_title, organisation::words::words, papers::thousandths::share_text},
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Button, Toasts},
};
use leptos::prelude::*;
use shared::papers::{FormItem, Substitute};

/// What the bank offers.
#[component]
pub(super) fn Exchange(
    /// The forms.
    drawn: Drawn,
    /// The form.
    at: usize,
    /// The item whose place is to be taken.
    item: FormItem,
    /// Closes the dialog.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, old) = (expect_context::<Actor>(), expect_context::<Toasts>(), item.item.item_id);
    // Only what was drawn has a place in the assembly; what somebody put there is looked up by what it replaced.
    let first = drawn.origin(old);
    let free: LocalResource<Outcome<Vec<Substitute>>> = LocalResource::new(move || async move {
        let path = format!("/assemblies/{}/substitutes?instead={first}", drawn.id);
        let mut offered = client::get::<Vec<Substitute>>(actor, &path).await?;
        offered.retain(|new| !drawn.holds(new.item.item_id));
        Ok(offered)
    });
    let take = Callback::new(move |new: Substitute| {
        drawn.put(at, old, new);
        is_open.set(false);
        toasts.done(t_string!(i18n, papers.exchanged));
    });
    let line = move |new: Substitute| {
        let (title, named) = (new.title.clone(), new.title.clone());
        let share = share_text(i32::from(new.item.difficulty));
        view! {
            <li class="row spread">
                <span>
                    {move || shown_title(i18n.get_locale(), &title)} " " <span class="muted small num">{share}</span>
                    {new.was_drawn.then(|| view! {
                        " " <span class="muted small">{t!(i18n, papers.exchange_drawn)}</span>
                    })}
                </span>
                <Button on_press=move |()| take.run(new.clone())>
                    {t!(i18n, papers.exchange_take)}
                    <span class="visually-hidden">" " {move || shown_title(i18n.get_locale(), &named)}</span>
                </Button>
            </li>
        }
    };
    view! {
        <AsyncView
            resource=free
            is_empty=Vec::is_empty
            empty=words(|locale| td_string!(locale, papers.exchange_none))
            let:free
        >
            <ul class="choices-list">{free.into_iter().map(line).collect_view()}</ul>
        </AsyncView>
    }
}
