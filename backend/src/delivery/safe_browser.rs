//! Safe Exam Browser, where a test asks for it (ADR 40): what a request claims of the browser it comes from, and the
//! settings by which the tests of this installation are sat.

use super::rooms;
use crate::{
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings::SittingFacts,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use sea_orm::ConnectionTrait;
use shared::delivery::{
    BrowserClaim, CONFIG_KEY_HEADER, EXAM_KEY_HEADER, OpeningRefusal, PAGE_CONFIG_HEADER, PAGE_EXAM_HEADER,
    PAGES_HEADER, exam_settings, is_browser_proved,
};
use std::{
    convert::Infallible,
    future::{Ready, ready},
};

/// Addresses that a page may name.
const PAGES: usize = 4;

/// What a request claims of the browser it comes from; nothing of most.
#[derive(Clone, Debug, Default)]
pub struct ClaimedBrowser {
    /// Hashes of what was asked for.
    of_request: Option<BrowserClaim>,
    /// Hashes of the page that asks.
    of_page: Option<BrowserClaim>,
}

impl FromRequest for ClaimedBrowser {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let told = |name: &str| Some(request.headers().get(name)?.to_str().ok()?.to_owned());
        let asked: Vec<String> = request.uri().path_and_query().map(ToString::to_string).into_iter().collect();
        let named = told(PAGES_HEADER).unwrap_or_default();
        let pages: Vec<String> = named.split_whitespace().take(PAGES).map(str::to_owned).collect();
        let claim = |addresses, config_hash, exam_hash| BrowserClaim { addresses, config_hash, exam_hash };
        ready(Ok(Self {
            of_request: told(CONFIG_KEY_HEADER).map(|hash| claim(asked, hash, told(EXAM_KEY_HEADER))),
            of_page: told(PAGE_CONFIG_HEADER).map(|hash| claim(pages, hash, told(PAGE_EXAM_HEADER))),
        }))
    }
}

impl ClaimedBrowser {
    /// Whether that is Safe Exam Browser by the settings of this installation, in a version that the test takes. Only
    /// addresses of this installation count, as the world knows it: a proxy may hide them from us.
    fn is_proved(&self, cx: &Services, sitting: &SittingFacts) -> bool {
        let origin = &cx.config.public_url;
        let is_ours = |address: &String| address.strip_prefix(origin.as_str()).is_some_and(|at| at.starts_with('/'));
        let of_request = self.of_request.clone().map(|mut claim| {
            claim.addresses.iter_mut().for_each(|path| path.insert_str(0, origin));
            claim
        });
        let of_page = self.of_page.clone().map(|mut claim| {
            claim.addresses.retain(is_ours);
            claim
        });
        let claims: Vec<BrowserClaim> = of_request.into_iter().chain(of_page).collect();
        is_browser_proved(&claims, &exam_settings(origin).config_key(), &sitting.browser_exam_keys)
    }
}

/// Whether a sitting is open to Safe Exam Browser alone and what asks is not it. For whom it was waived it is open to any.
///
/// # Errors
/// If the store fails.
pub(super) async fn lacks_safe_browser(
    cx: &Services,
    conn: &impl ConnectionTrait,
    sitting: &SittingFacts,
    claimed: &ClaimedBrowser,
) -> AppResult<bool> {
    if !sitting.rules.needs_safe_browser || claimed.is_proved(cx, sitting) {
        return Ok(false);
    }
    Ok(!rooms::log_of(conn, sitting).await?.is_safe_browser_waived)
}

/// Lets nothing of a paper out to a candidate who may not begin yet.
///
/// # Errors
/// `safe-browser-needed`, `admission-needed`.
pub(super) async fn may_have_paper(cx: &Services, sitting: &SittingFacts, claimed: &ClaimedBrowser) -> AppResult<()> {
    let conn = cx.db.read();
    if lacks_safe_browser(cx, conn, sitting, claimed).await? {
        return Err(AppError::refused(OpeningRefusal::SafeBrowserNeeded));
    }
    if rooms::lacks_admission(conn, sitting).await? {
        return Err(AppError::refused(OpeningRefusal::AdmissionNeeded));
    }
    Ok(())
}

/// The file of settings that Safe Exam Browser opens.
pub(super) fn settings_file(cx: &Services) -> String {
    exam_settings(&cx.config.public_url).plist()
}
