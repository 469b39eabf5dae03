//! How a content key is wrapped by a secret, and how that is split (Shamir, over GF(256)) and put together again.

use crate::platform::{
    crypto::{self, KEY_BYTES},
    error::{AppError, AppResult},
    ids::IdSource,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use sha2::{Digest, Sha256};
use shared::{
    ids::PaperId,
    papers::{KeyShare, RELEASE_SECRET_BYTES, spoken_secret, spoken_wrapping_key},
};
use vsss_rs::Gf256;

/// What is split: nothing but it unwraps a key.
pub(super) type ReleaseSecret = [u8; RELEASE_SECRET_BYTES];

/// Splits a secret so that `threshold` of the shares give it, and fewer say nothing of it.
pub(super) fn split(
    secret: &ReleaseSecret,
    threshold: usize,
    shares: usize,
    ids: &dyn IdSource,
) -> AppResult<Vec<KeyShare>> {
    let rng = ChaCha20Rng::from_seed(ids.secret());
    let shares = Gf256::split_bytes(threshold, shares, secret, rng).map_err(AppError::internal)?;
    let whole = |share: Vec<u8>| -> AppResult<KeyShare> {
        share.try_into().map_err(|_| AppError::internal("a key share has a wrong length"))
    };
    shares.into_iter().map(whole).collect()
}

/// The secret of so many shares as its threshold says. Of fewer, or of one that is wrong, comes another secret: what it
/// wraps does not open with that.
pub(super) fn join(shares: &[KeyShare]) -> AppResult<ReleaseSecret> {
    let shares: Vec<Vec<u8>> = shares.iter().map(|share| share.to_vec()).collect();
    let secret = Gf256::combine_bytes(shares).map_err(AppError::internal)?;
    secret.try_into().map_err(|_| AppError::internal("a release secret has a wrong length"))
}

/// Wraps the content key of a paper.
pub(super) fn wrap(
    paper: PaperId,
    secret: &ReleaseSecret,
    content_key: &[u8; KEY_BYTES],
    ids: &dyn IdSource,
) -> AppResult<Vec<u8>> {
    crypto::encrypt(&wrapping_key(paper, secret), paper.to_string().as_bytes(), content_key, ids)
}

/// The content key of a paper, wrapped by this secret.
pub(super) fn unwrap(paper: PaperId, secret: &ReleaseSecret, wrapped: &[u8]) -> AppResult<[u8; KEY_BYTES]> {
    let key = crypto::decrypt(&wrapping_key(paper, secret), paper.to_string().as_bytes(), wrapped)?;
    key.try_into().map_err(|_| AppError::internal("a content key has a wrong length"))
}

/// Wraps the content key of a paper by what is read out of it (ADR 53).
pub(super) fn wrap_for_reading(
    paper: PaperId,
    content_key: &[u8; KEY_BYTES],
    ids: &dyn IdSource,
) -> AppResult<Vec<u8>> {
    let wrapping_key = spoken_wrapping_key(paper, &spoken_secret(paper, content_key));
    crypto::encrypt(&wrapping_key, paper.to_string().as_bytes(), content_key, ids)
}

/// The secret is even and used once: one hash makes a key of it.
fn wrapping_key(paper: PaperId, secret: &ReleaseSecret) -> [u8; KEY_BYTES] {
    let mut hash = Sha256::new();
    hash.update(b"paper release 1");
    hash.update(paper.0.as_bytes());
    hash.update(secret);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::SystemIds;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    const PAPER: PaperId = PaperId(Uuid::from_u128(7));
    const SECRET: &str = "00112233445566778899aabbccddeeff";
    /// Shares that another program made of [`SECRET`]: `shamir-secret-sharing` 0.0.4 for JavaScript, of which three of
    /// five give it. That puts a share's place behind its bytes; here it stands before them.
    const THREE_OF_FIVE: [&str; 5] = [
        "f5f1e2ecf2fcec934a55c508598321267c",
        "95b4e98dd55566845b36a0f8ec7dbe115c",
        "cce3d830b608f8dcdd350d90e16d74df37",
        "5d1575c93d4416fb39427527e05ac28957",
        "7147051e5c7f6bbb0b89dbd5c85cec6137",
    ];
    /// The same, two of four.
    const TWO_OF_FOUR: [&str; 4] = [
        "d35c348fa57d8a1a0b69e4a1ee34de4a49",
        "f2de7848fb918e8998a9c0ac14091cf506",
        "741613a914c7c3b6a776d3a38b7768431e",
        "bf4e1bb388fdaddbcaa3e0874bad8ac1b7",
    ];

    fn secret() -> ReleaseSecret {
        hex::decode(SECRET).unwrap().try_into().unwrap()
    }

    fn share(text: &str) -> KeyShare {
        hex::decode(text).unwrap().try_into().unwrap()
    }

    #[test]
    fn shares_of_another_program_are_put_together() {
        let (two_of_four, three_of_five) = (TWO_OF_FOUR.map(share), THREE_OF_FIVE.map(share));
        for (one, two) in [(0, 1), (1, 3), (3, 0)] {
            assert_eq!(join(&[two_of_four[one], two_of_four[two]]).unwrap(), secret());
        }
        for chosen in [[0, 1, 2], [4, 2, 0], [1, 3, 4]] {
            assert_eq!(join(&chosen.map(|at: usize| three_of_five[at])).unwrap(), secret());
        }
        assert_eq!(join(&three_of_five).unwrap(), secret(), "more than are needed");
        assert_ne!(join(&three_of_five[..2]).unwrap(), secret());
    }

    #[test]
    fn so_many_as_are_needed_open_a_key_and_fewer_do_not() {
        let (secret, key) = (secret(), [7; KEY_BYTES]);
        let wrapped = wrap(PAPER, &secret, &key, &SystemIds).unwrap();
        let shares = split(&secret, 3, 5, &SystemIds).unwrap();
        assert_eq!(shares.iter().map(|share| share[0]).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        for one in 0..5 {
            for two in (0..5).filter(|two| *two != one) {
                let two_of_them = [shares[one], shares[two]];
                assert!(unwrap(PAPER, &join(&two_of_them).unwrap(), &wrapped).is_err(), "{one} and {two}");
                for three in (0..5).filter(|three| ![one, two].contains(three)) {
                    let secret = join(&[shares[one], shares[two], shares[three]]).unwrap();
                    assert_eq!(unwrap(PAPER, &secret, &wrapped).unwrap(), key);
                }
            }
            assert!(join(&shares[one..=one]).is_err(), "one alone");
        }
        assert!(unwrap(PaperId(Uuid::from_u128(8)), &secret, &wrapped).is_err(), "a key is bound to its paper");
    }

    /// Where shares never take the value of the secret, each of them says something of it (RUSTSEC-2024-0398).
    #[test]
    fn a_share_may_have_every_value() {
        let firsts: BTreeSet<u8> =
            (0..8_000).map(|_| split(&[0; RELEASE_SECRET_BYTES], 2, 3, &SystemIds).unwrap()[0][1]).collect();
        assert_eq!(firsts.len(), 256);
    }
}
