//! A picture as it came becomes one for a weak network: upright, small, without what a camera
//! writes into it (place, time, device). No store and no network; a crate of its own, so that it is optimised wherever
//! the server is not.

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, Rgb, RgbImage,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType as Filter, PngEncoder},
    },
    imageops::FilterType,
    metadata::Orientation,
};
use shared::media::{MAX_PICTURE_SIDE, MAX_READ_SIDE, PictureFault, picture_fault};
use std::{collections::HashMap, io::Cursor};

/// Memory that reading may take, in bytes: a file of a few bytes may claim to be endless.
const MAX_MEMORY: u64 = 400 * 1024 * 1024;
/// Quality of photos, of 100.
const QUALITY: u8 = 80;

/// A picture as it is kept.
#[derive(Debug)]
pub struct Small {
    /// JPEG or PNG.
    pub media_type: &'static str,
    /// The file.
    pub content: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Makes a JPEG, PNG or WebP small: as JPEG or as PNG, whichever is lighter; what can be seen through
/// stays so, as PNG.
///
/// # Errors
/// If it is none of these, is broken, or is too large to be read.
pub fn shrink(bytes: &[u8]) -> Result<Small, PictureFault> {
    let picture = no_longer_than(upright(bytes)?, MAX_PICTURE_SIDE);
    lighter(&picture).map_err(fault_of)
}

/// A picture as JPEG or as PNG.
fn lighter(picture: &DynamicImage) -> image::ImageResult<Small> {
    let (width, height) = (picture.width(), picture.height());
    let small = |media_type, content| Small { media_type, content, width, height };
    let mut png = Vec::new();
    if is_seen_through(picture) {
        picture.to_rgba8().write_with_encoder(lossless(&mut png))?;
        return Ok(small("image/png", png));
    }
    let opaque = picture.to_rgb8();
    match few_colours(&opaque) {
        Some((palette, places)) => png = indexed(&opaque, palette, &places).map_err(ImageError::IoError)?,
        None => opaque.write_with_encoder(lossless(&mut png))?,
    }
    let mut jpeg = Vec::new();
    opaque.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY))?;
    Ok(if jpeg.len() < png.len() { small("image/jpeg", jpeg) } else { small("image/png", png) })
}

/// A photo of a paper as it is kept: a JPEG no longer than `longest` pixels.
///
/// # Errors
/// If it is no JPEG, PNG or WebP, is broken, or is too large to be read.
pub fn flatten(bytes: &[u8], longest: u32) -> Result<Small, PictureFault> {
    let picture = no_longer_than(upright(bytes)?, longest);
    let (width, height) = (picture.width(), picture.height());
    let mut content = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut content, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).map_err(fault_of)?;
    Ok(Small { media_type: "image/jpeg", content, width, height })
}

fn no_longer_than(picture: DynamicImage, longest: u32) -> DynamicImage {
    if picture.width().max(picture.height()) > longest {
        picture.resize(longest, longest, FilterType::Triangle)
    } else {
        picture
    }
}

/// Reads a picture, turned the way the camera was held.
fn upright(bytes: &[u8]) -> Result<DynamicImage, PictureFault> {
    match picture_fault(bytes) {
        Some(fault) => Err(fault),
        None => decoded(bytes).map_err(fault_of),
    }
}

fn decoded(bytes: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_READ_SIDE);
    limits.max_image_height = Some(MAX_READ_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// What a decoder's complaint means for who sent the file.
fn fault_of(error: ImageError) -> PictureFault {
    tracing::debug!(error = %error, "picture.refused");
    match error {
        ImageError::Limits(_) => PictureFault::TooWide,
        _ => PictureFault::Broken,
    }
}

fn lossless(file: &mut Vec<u8>) -> PngEncoder<&mut Vec<u8>> {
    PngEncoder::new_with_quality(file, CompressionType::Best, Filter::Adaptive)
}

/// The colours of a drawing, and for each pixel the place of its colour; `None` if there are too many.
fn few_colours(picture: &RgbImage) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut known = HashMap::new();
    let (mut palette, mut places) = (Vec::new(), Vec::with_capacity(picture.as_raw().len() / 3));
    for Rgb(colour) in picture.pixels() {
        let next = known.len();
        let place = *known.entry(*colour).or_insert_with(|| {
            palette.extend_from_slice(colour);
            next
        });
        places.push(u8::try_from(place).ok()?);
    }
    Some((palette, places))
}

/// A PNG that names the colours of its pixels by their places: a third of the bytes before compression.
fn indexed(picture: &RgbImage, palette: Vec<u8>, places: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(places)?;
    writer.finish()?;
    Ok(file)
}

fn is_seen_through(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::{PictureFault, flatten, shrink};
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
    use std::io::Cursor;

    fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// Looks like a photo: no two neighbours are alike.
    fn photo(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7 + y * 3) as u8, (x ^ y) as u8, (x * y) as u8]))
    }

    #[test]
    fn a_large_photo_becomes_a_small_jpeg() {
        let small = shrink(&file(photo(3_000, 2_000), ImageFormat::Jpeg)).unwrap();
        assert_eq!((small.media_type, small.width, small.height), ("image/jpeg", 1_280, 853));
    }

    #[test]
    fn a_drawing_stays_sharp() {
        let drawing = RgbImage::from_fn(600, 400, |x, _| if x < 300 { Rgb([255; 3]) } else { Rgb([0; 3]) });
        let small = shrink(&file(drawing.clone(), ImageFormat::Png)).unwrap();
        assert_eq!(small.media_type, "image/png");
        assert_eq!(image::load_from_memory(&small.content).unwrap().to_rgb8(), drawing);
    }

    #[test]
    fn a_drawing_of_few_colours_is_not_larger_than_it_came() {
        let wage = include_bytes!("../../demo/courses/GSX01/wage.png");
        let small = shrink(wage).unwrap();
        assert!(small.content.len() <= wage.len() * 11 / 10, "{} of {}", small.content.len(), wage.len());
        let same = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().to_rgb8();
        assert_eq!(same(&small.content), same(wage));
    }

    #[test]
    fn a_drawing_of_many_colours_keeps_them_all() {
        let glow = RgbImage::from_fn(1_200, 400, |x, _| Rgb([(x / 4) as u8, (x / 1_024) as u8, 0]));
        let small = shrink(&file(glow.clone(), ImageFormat::Png)).unwrap();
        assert_eq!(small.media_type, "image/png");
        assert_eq!(image::load_from_memory(&small.content).unwrap().to_rgb8(), glow);
    }

    #[test]
    fn what_can_be_seen_through_stays_so() {
        let glass = RgbaImage::from_pixel(20, 20, Rgba([1, 2, 3, 40]));
        let small = shrink(&file(glass.clone(), ImageFormat::WebP)).unwrap();
        assert_eq!(image::load_from_memory(&small.content).unwrap().to_rgba8(), glass);
    }

    #[test]
    fn a_photo_is_turned_upright_and_tells_nothing_else() {
        let mut bytes = file(photo(40, 20), ImageFormat::Jpeg);
        // EXIF right behind the first marker: one entry, orientation 6 (a quarter to the right).
        let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let segment = [&[0xff, 0xe1][..], &length, exif].concat();
        bytes.splice(2..2, segment);
        let small = shrink(&bytes).unwrap();
        assert_eq!((small.width, small.height), (20, 40));
        let paper = flatten(&bytes, 1_000).unwrap();
        assert_eq!((paper.media_type, paper.width, paper.height), ("image/jpeg", 20, 40), "a photo of a paper alike");
        for kept in [&small.content, &paper.content] {
            assert!(!kept.windows(4).any(|window| window == b"Exif"));
        }
    }

    #[test]
    fn what_is_no_picture_or_only_half_is_refused_with_its_reason() {
        let fault = |bytes: &[u8]| {
            let fault = shrink(bytes).map(drop).unwrap_err();
            assert_eq!(flatten(bytes, 1_000).map(drop), Err(fault), "a photo of a paper is refused alike");
            fault
        };
        assert_eq!(fault(b"<svg onload='alert(1)'/>"), PictureFault::NoPicture);
        assert_eq!(fault(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), PictureFault::Heic);
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let whole = file(photo(400, 400), format);
            assert!(shrink(&whole).is_ok(), "{format:?}");
            assert_eq!(fault(&whole[..whole.len() / 2]), PictureFault::Broken, "{format:?}");
        }
        // Its frame is whole, and what lies in it is not.
        let mut spoilt = file(photo(400, 400), ImageFormat::Png);
        let middle = spoilt.len() / 2;
        spoilt[middle..middle + 64].fill(0x5a);
        assert_eq!(fault(&spoilt), PictureFault::Broken);
        let thumbnail = file(photo(16, 16), ImageFormat::Jpeg);
        let segment =
            [&[0xff, 0xe1], &u16::try_from(thumbnail.len() + 2).unwrap().to_be_bytes()[..], &thumbnail].concat();
        let mut half = file(photo(400, 400), ImageFormat::Jpeg);
        half.truncate(half.len() / 2);
        half.splice(2..2, segment);
        assert_eq!(fault(&half), PictureFault::Broken, "the end of what the camera put before it is not its end");
        // A header that claims 4 thousand million pixels a side.
        let mut bomb = file(photo(4, 4), ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0xff; 8]);
        assert_eq!(fault(&bomb), PictureFault::TooWide);
    }
}
