//! A launch goes on in that browser alone in which the learner asked for it: the browser holds a secret in a cookie, and
//! the launch a hash of it. Who comes by the address of a launch in another browser is told nothing.

use crate::{
    learning::entity::external_launch,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use shared::{ids::ExternalLaunchId, learning::LAUNCH_S};

/// Where the cookie is sent to: to nothing but the question of our own page.
pub(super) const ANSWER_PATH: &str = "/lti/answer";

/// What a browser holds of a launch.
pub(super) struct BrowserSecret(String);

impl BrowserSecret {
    /// A secret that nobody guesses.
    pub(super) fn new(cx: &Services) -> Self {
        Self(URL_SAFE_NO_PAD.encode(cx.ids.secret::<32>()))
    }

    /// The secret that a browser sent of a launch, if it holds one. `launch_id` is what the tool says, and may be anything.
    pub(super) fn sent(request: &HttpRequest, launch_id: &str) -> Option<Self> {
        request.cookie(&cookie_name(launch_id)).map(|cookie| Self(cookie.value().to_owned()))
    }

    /// Under what it is kept with its launch.
    ///
    /// # Errors
    /// Never: a key of any length is a key.
    pub(super) fn hash(&self, id: ExternalLaunchId) -> AppResult<Vec<u8>> {
        Ok(self.mac(id)?.finalize().into_bytes().to_vec())
    }

    /// Whether it is the one that was given with a launch. How long that takes tells nothing of what is kept.
    ///
    /// # Errors
    /// As [`Self::hash`].
    pub(super) fn is_of(&self, launch: &external_launch::Model) -> AppResult<bool> {
        Ok(self.mac(launch.id)?.verify_slice(&launch.browser_hash).is_ok())
    }

    fn mac(&self, id: ExternalLaunchId) -> AppResult<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).map_err(AppError::internal)?;
        mac.update(id.0.as_bytes());
        Ok(mac)
    }

    /// The cookie that brings it back, as long as the launch may be answered. Each launch has its own, so that two pages
    /// may be on their way at once. No form of another site sends it: that is why our own page asks again.
    pub(super) fn cookie(self, cx: &Services, id: ExternalLaunchId) -> Cookie<'static> {
        Cookie::build(cookie_name(&id.to_string()), self.0)
            .path(ANSWER_PATH)
            .http_only(true)
            .secure(cx.config.public_url.starts_with("https:"))
            .same_site(SameSite::Lax)
            .max_age(Duration::seconds(LAUNCH_S))
            .finish()
    }
}

fn cookie_name(launch_id: &str) -> String {
    format!("chengxi_launch_{launch_id}")
}
