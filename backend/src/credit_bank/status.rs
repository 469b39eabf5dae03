//! Bitstring status lists: one bit for each certificate and each thing that may become of it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, Write};

/// Places in one list: enough that looking one up tells nobody whose it is.
pub(super) const PLACES: i64 = 131_072;

/// The list in which a certificate has its place, and the place.
pub(super) const fn place(status_index: i64) -> (i64, i64) {
    (status_index / PLACES + 1, status_index % PLACES)
}

/// The address of a list. There stands the list of the first certificates; below it, that of each purpose.
pub(super) fn list_url(public_url: &str, list: i64) -> String {
    format!("{public_url}/api/v1/public/status_lists/{list}")
}

/// The list as text: base64url of gzip of the bits, the first bit leftmost.
pub(super) fn encode(places: &[i64]) -> io::Result<String> {
    let mut bytes = vec![0_u8; usize::try_from(PLACES / 8).unwrap_or_default()];
    for place in places {
        let byte = usize::try_from(place / 8).ok().and_then(|at| bytes.get_mut(at));
        if let Some(byte) = byte {
            *byte |= 0x80 >> (place % 8);
        }
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&bytes)?;
    Ok(format!("u{}", URL_SAFE_NO_PAD.encode(gzip.finish()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::{fs, io::Read, path::PathBuf};

    fn decode(list: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let gzip = URL_SAFE_NO_PAD.decode(list.strip_prefix('u').unwrap()).unwrap();
        GzDecoder::new(gzip.as_slice()).read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_bits_are_those_of_the_published_lists() {
        let path =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/vc-vectors/bitstring-status-list.json");
        let file: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let vectors = file["vectors"].as_array().unwrap();
        assert_eq!(vectors.len(), 2);
        for vector in vectors {
            let places: Vec<i64> = serde_json::from_value(vector["set"].clone()).unwrap();
            assert_eq!(decode(&encode(&places).unwrap()), decode(vector["encodedList"].as_str().unwrap()));
        }
    }

    #[test]
    fn every_certificate_has_one_place() {
        assert_eq!(place(0), (1, 0));
        assert_eq!(place(PLACES - 1), (1, PLACES - 1));
        assert_eq!(place(PLACES), (2, 0));
    }
}
