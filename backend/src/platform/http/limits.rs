//! Where a request comes from, and how often a stranger may ask, or an account whatever its networks.

use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use futures::future::LocalBoxFuture;
use shared::ids::AccountId;
use std::net::{IpAddr, Ipv6Addr};

/// Questions that one network may ask in a window: enough for a personnel office that checks a pile of
/// certificates, too few to read all numbers one after the other.
const QUESTIONS: u64 = 120;
/// Length of the window, in seconds.
const WINDOW_S: u32 = 60;

/// Somebody without a log-in, in a network that has not asked too often.
pub struct Stranger;

impl FromRequest for Stranger {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let cx = request.app_data::<Data<Services>>().cloned();
        let network = cx.as_ref().map(|cx| client_network(request, &cx.config.trusted_proxies)).unwrap_or_default();
        Box::pin(async move {
            let cx = cx.ok_or_else(|| AppError::internal("the services are not wired"))?;
            if cx.coordination.count(&format!("stranger:{network}"), WINDOW_S).await > QUESTIONS {
                return Err(AppError::TooMany { retry_after_s: u64::from(WINDOW_S) });
            }
            Ok(Self)
        })
    }
}

/// How often one account may do what costs much or tells much, from however many networks it asks.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// What is counted.
    act: &'static str,
    /// How often it may be done in the window.
    most: u64,
    /// Length of the window, in seconds.
    window_s: u32,
}

impl Allowance {
    /// `act` so many times within an hour.
    #[must_use]
    pub const fn hourly(act: &'static str, most: u64) -> Self {
        Self { act, most, window_s: 3_600 }
    }

    /// `act` so many times within a minute.
    #[must_use]
    pub const fn by_the_minute(act: &'static str, most: u64) -> Self {
        Self { act, most, window_s: 60 }
    }

    /// Counts one more time, if there may be one.
    ///
    /// # Errors
    /// [`AppError::TooMany`].
    pub async fn take(&self, cx: &Services, account: AccountId) -> AppResult<()> {
        if cx.coordination.count(&format!("{}:{account}", self.act), self.window_s).await > self.most {
            return Err(AppError::TooMany { retry_after_s: u64::from(self.window_s) });
        }
        Ok(())
    }
}

/// The network that a request comes from: an address of IPv4, or the half of one of IPv6. What a proxy says of
/// it is believed only if the proxy is ours.
pub fn client_network(request: &HttpRequest, trusted: &[IpAddr]) -> String {
    let Some(peer) = request.peer_addr().map(|address| address.ip()) else { return String::new() };
    network_of(behind_proxies(peer.to_canonical(), &forwarded(request), trusted)).to_string()
}

/// Whether a request comes from this machine or a private network, by no proxy or by ours.
pub fn is_from_within(request: &HttpRequest, trusted: &[IpAddr]) -> bool {
    let peer = request.peer_addr().map(|address| address.ip().to_canonical());
    peer.is_some_and(|peer| is_within(peer, &forwarded(request), trusted))
}

/// What proxies say of the way of a request, the first address first.
fn forwarded(request: &HttpRequest) -> Vec<&str> {
    let said = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    said.flat_map(|value| value.split(',')).map(str::trim).collect()
}

/// Whoever comes by a proxy that is not ours may be anybody.
fn is_within(peer: IpAddr, said: &[&str], trusted: &[IpAddr]) -> bool {
    let is_known_way = said.is_empty() || trusted.contains(&peer);
    is_known_way
        && match behind_proxies(peer, said, trusted).to_canonical() {
            IpAddr::V4(address) => address.is_loopback() || address.is_private(),
            IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
        }
}

/// What one customer of a network's operator has: an address of IPv4, or the 2⁶⁴ of IPv6 that share their
/// first half.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

/// The last address of the way `said` … → `peer` that is not one of our proxies; what stands before it
/// anybody may have written.
fn behind_proxies(peer: IpAddr, said: &[&str], trusted: &[IpAddr]) -> IpAddr {
    let mut seen = peer;
    for address in said.iter().rev() {
        if !trusted.contains(&seen) {
            break;
        }
        let Ok(address) = address.parse() else { break };
        seen = address;
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::{behind_proxies, is_within, network_of};
    use std::net::IpAddr;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_our_proxies_are_believed() {
        let ours = [ip("10.0.0.1"), ip("10.0.0.2")];
        let from = |peer, said: &[&str]| behind_proxies(ip(peer), said, &ours).to_string();
        assert_eq!(from("203.0.113.7", &["1.1.1.1"]), "203.0.113.7", "a stranger says who he is");
        assert_eq!(from("10.0.0.1", &["1.1.1.1", "203.0.113.7"]), "203.0.113.7", "the proxy adds what it sees");
        assert_eq!(from("10.0.0.1", &["1.1.1.1", "203.0.113.7", "10.0.0.2"]), "203.0.113.7", "two proxies");
        assert_eq!(from("10.0.0.1", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(from("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(from("10.0.0.1", &["unknown"]), "10.0.0.1");
    }

    #[test]
    fn only_who_comes_by_a_known_way_from_a_private_network_is_within() {
        let ours = [ip("10.0.0.1")];
        let within = |peer, said: &[&str]| is_within(ip(peer), said, &ours);
        for (peer, said) in [
            ("127.0.0.1", vec![]),
            ("::1", vec![]),
            ("192.168.7.7", vec![]),
            ("fd00::7", vec![]),
            ("10.0.0.1", vec!["172.16.0.9"]),
        ] {
            assert!(within(peer, &said), "{peer} {said:?}");
        }
        for (peer, said) in [
            ("203.0.113.7", vec![]),
            ("2001:db8::7", vec![]),
            ("10.0.0.1", vec!["203.0.113.7"]),
            ("10.0.0.1", vec!["127.0.0.1", "203.0.113.7"]),
            ("127.0.0.1", vec!["127.0.0.1"]),
        ] {
            assert!(!within(peer, &said), "{peer} {said:?}");
        }
    }

    #[test]
    fn who_has_many_addresses_has_one_network() {
        let network = |address| network_of(ip(address)).to_string();
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    }
}
