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
/// Status lists that one network may fetch in a window: enough for the verifiers of many who share an address.
const LISTS: u64 = 1_200;
/// Questions about launches of tools, and of tools, from one network in a window: a school's learners share an address,
/// and so do those of a tool.
const TOOL_QUESTIONS: u64 = 1_200;
/// Length of the window, in seconds.
const WINDOW_S: u32 = 60;

/// Somebody without a log-in, in a network that has not asked too often.
pub struct Stranger;

impl FromRequest for Stranger {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let counted = count_question(request, "stranger", QUESTIONS);
        Box::pin(async move { counted.await.map(|()| Self) })
    }
}

/// A program that looks whether certificates are in force, in a network that has not asked too often. It asks for
/// the same few lists again and again, for many at once: that keeps no [`Stranger`] beside it from asking.
pub struct Verifier;

impl FromRequest for Verifier {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let counted = count_question(request, "status-list", LISTS);
        Box::pin(async move { counted.await.map(|()| Self) })
    }
}

/// A tool of others, or a browser that one sent here, in a network that has not asked too often.
pub struct ToolCaller;

impl FromRequest for ToolCaller {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let counted = count_question(request, "external-tool", TOOL_QUESTIONS);
        Box::pin(async move { counted.await.map(|()| Self) })
    }
}

/// Counts one more question of this kind of the network that a request comes from, if there may be one.
fn count_question(request: &HttpRequest, kind: &'static str, most: u64) -> impl Future<Output = AppResult<()>> + use<> {
    let cx = request.app_data::<Data<Services>>().cloned();
    let network = cx.as_ref().map(|cx| client_network(request, &cx.config.trusted_proxies)).unwrap_or_default();
    async move {
        let cx = cx.ok_or_else(|| AppError::internal("the services are not wired"))?;
        if cx.coordination.count(&format!("{kind}:{network}"), WINDOW_S).await > most {
            return Err(AppError::TooMany { retry_after_s: u64::from(WINDOW_S) });
        }
        Ok(())
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

/// Whether a request certainly comes from this machine or a private network: by no proxy, or by ours alone. Who comes by
/// another may be anybody, and so may who stands behind one of ours that names nobody, or where anything that was said is
/// no address.
pub fn is_from_within(request: &HttpRequest, trusted: &[IpAddr]) -> bool {
    let Some(peer) = request.peer_addr().map(|address| address.ip().to_canonical()) else { return false };
    let said = forwarded(request);
    if said.is_empty() && request.headers().contains_key("forwarded") {
        return false;
    }
    let way: Option<Vec<IpAddr>> = said.into_iter().chain([Some(peer)]).collect();
    way.as_deref().and_then(<[_]>::split_first).is_some_and(|(from, proxies)| {
        is_private(*from) && !trusted.contains(from) && proxies.iter().all(|proxy| trusted.contains(proxy))
    })
}

/// What proxies say of the way of a request, the first address first, and nothing where they name none. Nothing at all
/// was said only if the header is absent.
fn forwarded(request: &HttpRequest) -> Vec<Option<IpAddr>> {
    let said = request.headers().get_all("x-forwarded-for");
    said.flat_map(|value| value.as_bytes().split(|byte| *byte == b',')).map(address).collect()
}

fn address(said: &[u8]) -> Option<IpAddr> {
    let address: IpAddr = std::str::from_utf8(said).ok()?.trim().parse().ok()?;
    Some(address.to_canonical())
}

const fn is_private(address: IpAddr) -> bool {
    match address {
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
fn behind_proxies(peer: IpAddr, said: &[Option<IpAddr>], trusted: &[IpAddr]) -> IpAddr {
    let mut seen = peer;
    for address in said.iter().rev() {
        if !trusted.contains(&seen) {
            break;
        }
        let Some(address) = address else { break };
        seen = *address;
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::{client_network, is_from_within, network_of};
    use actix_web::{HttpRequest, test::TestRequest};
    use std::net::IpAddr;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// A request of this peer, with these headers.
    fn request(peer: &str, headers: &[(&str, &[u8])]) -> HttpRequest {
        let request = TestRequest::default().peer_addr((ip(peer), 50_000).into());
        headers.iter().fold(request, |request, header| request.append_header(*header)).to_http_request()
    }

    /// Whether who asks by this peer is within, when 10.0.0.1 and 10.0.0.2 are our proxies.
    fn is_within(peer: &str, headers: &[(&str, &[u8])]) -> bool {
        is_from_within(&request(peer, headers), &[ip("10.0.0.1"), ip("10.0.0.2")])
    }

    #[test]
    fn only_our_proxies_are_believed() {
        let ours = [ip("10.0.0.1"), ip("10.0.0.2")];
        let from = |peer, said: &[&[u8]]| {
            let headers: Vec<_> = said.iter().map(|value| ("x-forwarded-for", *value)).collect();
            client_network(&request(peer, &headers), &ours)
        };
        assert_eq!(from("203.0.113.7", &[b"1.1.1.1"]), "203.0.113.7", "a stranger says who he is");
        assert_eq!(from("10.0.0.1", &[b"1.1.1.1, 203.0.113.7"]), "203.0.113.7", "the proxy adds what it sees");
        assert_eq!(from("10.0.0.1", &[b"1.1.1.1", b"203.0.113.7"]), "203.0.113.7", "in a header of its own");
        assert_eq!(from("10.0.0.1", &[b"1.1.1.1,203.0.113.7,10.0.0.2"]), "203.0.113.7", "two proxies");
        assert_eq!(from("10.0.0.1", &[b"\xff, 203.0.113.7"]), "203.0.113.7", "nobody hides behind what is no text");
        assert_eq!(from("10.0.0.1", &[b"2001:db8::7"]), "2001:db8::");
        assert_eq!(from("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(from("10.0.0.1", &[b"unknown"]), "10.0.0.1");
    }

    #[test]
    fn who_comes_by_a_known_way_from_a_private_network_is_within() {
        for peer in ["127.0.0.1", "::1", "192.168.7.7", "fd00::7", "::ffff:192.168.7.7"] {
            assert!(is_within(peer, &[]), "{peer}");
        }
        for said in ["172.16.0.9", "fd00::7", "172.16.0.9, 10.0.0.2"] {
            assert!(is_within("10.0.0.1", &[("x-forwarded-for", said.as_bytes())]), "{said}");
        }
        let both: [(&str, &[u8]); 2] = [("forwarded", b"for=172.16.0.9"), ("x-forwarded-for", b"172.16.0.9")];
        assert!(is_within("10.0.0.1", &both), "our proxy says it in both ways");
    }

    #[test]
    fn who_comes_from_elsewhere_is_not_within() {
        for peer in ["203.0.113.7", "2001:db8::7"] {
            assert!(!is_within(peer, &[]), "{peer}");
        }
        for said in ["203.0.113.7", "127.0.0.1, 203.0.113.7", "2001:db8::7"] {
            assert!(!is_within("10.0.0.1", &[("x-forwarded-for", said.as_bytes())]), "{said}");
        }
    }

    #[test]
    fn whose_way_is_not_known_for_certain_is_not_within() {
        let of_another: [&[u8]; 4] = [b"127.0.0.1", b"", b"unknown", b"\xff"];
        for said in of_another {
            assert!(!is_within("127.0.0.1", &[("x-forwarded-for", said)]), "by a proxy that is not ours: {said:?}");
        }
        let by_both: &[u8] = b"203.0.113.7, 172.16.0.9";
        assert!(!is_within("10.0.0.1", &[("x-forwarded-for", by_both)]), "by one that is not ours, and then by ours");
        let of_ours: [&[u8]; 8] = [
            b"",
            b"\xff",
            b"unknown",
            b"172.16.0.9:443",
            b"[fd00::7]",
            b"unknown, 172.16.0.9",
            b"\xff, 172.16.0.9",
            b"172.16.0.9,",
        ];
        for said in of_ours {
            assert!(!is_within("10.0.0.1", &[("x-forwarded-for", said)]), "{said:?}");
        }
        let apart: [(&str, &[u8]); 2] = [("x-forwarded-for", b"\xff"), ("x-forwarded-for", b"172.16.0.9")];
        assert!(!is_within("10.0.0.1", &apart), "in headers of their own");
    }

    #[test]
    fn who_stands_behind_a_proxy_that_names_nobody_is_not_within() {
        for peer in ["10.0.0.1", "::ffff:10.0.0.1"] {
            assert!(!is_within(peer, &[]), "{peer}");
        }
        for said in ["10.0.0.2", "10.0.0.1, 10.0.0.2", "::ffff:10.0.0.2"] {
            assert!(!is_within("10.0.0.1", &[("x-forwarded-for", said.as_bytes())]), "{said}");
        }
    }

    #[test]
    fn the_other_header_of_proxies_is_none_that_we_read() {
        for peer in ["127.0.0.1", "10.0.0.1"] {
            assert!(!is_within(peer, &[("forwarded", b"for=127.0.0.1")]), "{peer}");
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
