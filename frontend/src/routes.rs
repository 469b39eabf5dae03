//! Every path of the app. One line a page; a page that learners do not need at once is lazy.

use crate::{
    pages::{
        identity::{account::AccountPage, home::HomePage, login::LoginPage, start::StartPage},
        learning::{course_map::CourseMapPage, home::LearnPage, unit::UnitPage},
        not_found::NotFoundPage,
    },
    shell::{Frame, PublicFrame, SignedIn},
};
use leptos::prelude::*;
use leptos_router::{
    Lazy,
    components::{ParentRoute, Route, Routes},
    path,
};

/// The routes, each in its frame.
#[component]
pub(crate) fn AppRoutes() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/") view=|| view! { <SignedIn><HomePage /></SignedIn> } />
            <ParentRoute path=path!("") view=PublicFrame>
                <Route path=path!("/login") view=LoginPage />
            </ParentRoute>
            <ParentRoute path=path!("") view=Frame>
                <Route path=path!("/learn") view=LearnPage />
                <Route path=path!("/learn/courses/:id") view={Lazy::<CourseMapPage>::new()} />
                <Route path=path!("/learn/units/:id") view={Lazy::<UnitPage>::new()} />
                <Route path=path!("/me") view={Lazy::<AccountPage>::new()} />
                <Route path=path!("/desk") view=StartPage />
            </ParentRoute>
        </Routes>
    }
}
