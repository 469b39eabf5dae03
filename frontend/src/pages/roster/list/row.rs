//! One person on the roster.

use super::{
    super::{
        education::education_name,
        may_anywhere, may_still_enrol,
        words::{StateTag, intent_name, route_name},
    },
    Around,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    pages::people::words::sex_name,
    platform::actor::Actor,
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{rights::Right, roster::EntryRow};

/// The cells.
pub(super) fn row(entry: EntryRow) -> impl IntoView {
    let i18n = use_i18n();
    let around = expect_context::<Around>();
    let EntryRow { id, sex, birth_year, intent, study_route, surveyor_id, state, .. } = entry;
    let place = around.names.of(&entry.residence_division);
    let who = move || {
        let sex = sex.map(|sex| sex_name(i18n.get_locale(), sex).to_owned());
        sex.into_iter().chain(birth_year.map(|year| year.to_string())).collect::<Vec<_>>().join(" ")
    };
    let education = move || entry.education_level.as_deref().map(|code| education_name(i18n.get_locale(), code));
    let wants = move || {
        let intent = intent.map(|intent| intent_name(i18n.get_locale(), intent));
        let route = study_route.map(|route| route_name(i18n.get_locale(), route));
        intent.into_iter().chain(route).collect::<Vec<_>>().join(" · ")
    };
    let surveyor = move || {
        let known = around.name_of(surveyor_id?);
        Some(known.unwrap_or_else(|| t_string!(i18n, roster.somebody).to_owned()))
    };
    let may_enrol = may_anywhere(expect_context::<Actor>(), Right::KeepEnrolments) && may_still_enrol(state);
    let (name, label, enrolled) = (entry.name.clone(), entry.name.clone(), entry.name.clone());
    let choose = move |event: leptos::ev::Event| {
        let is_chosen = event_target_checked(&event);
        around.chosen.update(|chosen| {
            if is_chosen {
                chosen.insert(id)
            } else {
                chosen.remove(&id)
            };
        });
    };
    view! {
        <th scope="row">
            <span class="chosen">
                {around.may_choose.then(|| view! {
                    <input
                        type="checkbox"
                        aria-label=move || t_string!(i18n, roster.choose_person, name = label.clone())
                        prop:checked=move || around.chosen.with(|chosen| chosen.contains(&id))
                        on:change=choose
                    />
                })}
                <A href=format!("/roster/{id}")>{name}</A>
            </span>
        </th>
        <td class="num">{who}</td>
        <td>{move || place.get()}</td>
        <td>{education}</td>
        <td>{wants}</td>
        <td>{surveyor}</td>
        <td>
            <div class="row">
                <StateTag state />
                {may_enrol.then(|| view! {
                    <A href=format!("/enrolments/new?entry={id}")>
                        {t!(i18n, enrolment.enrol)}
                        <span class="visually-hidden">" " {enrolled}</span>
                    </A>
                })}
            </div>
        </td>
    }
}
