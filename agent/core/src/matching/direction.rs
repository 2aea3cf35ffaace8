//! Vectors as directions in whole numbers, so that a likeness is the same on
//! every machine and in every order of summation.

/// Length of a stored direction. By Cauchy and Schwarz no sum of products of two
/// of them, nor any part of it, exceeds its square, which fits 32 bits.
const LENGTH: f64 = 32_000.0;

/// A vector's direction: its parts as 16-bit numbers, least byte first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Direction(Vec<u8>);

impl Direction {
    /// The direction of `vector`; `None` when it has none (empty, zero or not finite).
    pub fn of(vector: &[f32]) -> Option<Self> {
        let square: f64 = vector.iter().map(|part| f64::from(*part).powi(2)).sum();
        let length = square.sqrt();
        if !length.is_normal() {
            return None;
        }
        // Within the bounds of the type: no part is longer than the whole.
        let whole = |part: &f32| (f64::from(*part) / length * LENGTH).round() as i16;
        Some(Self(
            vector
                .iter()
                .flat_map(|part| whole(part).to_le_bytes())
                .collect(),
        ))
    }

    /// As stored.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Cosine of the angle between two stored directions; `None` when they are of
/// different spaces or there is none.
pub(super) fn cosine(a: &[u8], b: &[u8]) -> Option<f64> {
    if a.len() != b.len() || a.is_empty() {
        return None;
    }
    let (a, b) = (a.as_chunks::<2>().0, b.as_chunks::<2>().0);
    let sum: i32 = a
        .iter()
        .zip(b)
        .map(|(a, b)| i32::from(i16::from_le_bytes(*a)) * i32::from(i16::from_le_bytes(*b)))
        // Rounding may lengthen a direction a little; there is room for twice the square.
        .fold(0, i32::wrapping_add);
    Some(f64::from(sum) / (LENGTH * LENGTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cosine_is_that_of_the_angle() {
        let check = |a: &[f32], b: &[f32], expected: Option<f64>| {
            let found = Direction::of(a)
                .zip(Direction::of(b))
                .and_then(|(a, b)| cosine(a.bytes(), b.bytes()));
            assert_eq!(found.is_some(), expected.is_some(), "{a:?} {b:?}");
            let apart = found.unwrap_or_default() - expected.unwrap_or_default();
            assert!(apart.abs() < 2e-4, "{a:?} {b:?}: {found:?}");
        };
        check(&[1.0, 0.0], &[2.0, 0.0], Some(1.0));
        check(&[1.0, 0.0], &[0.0, 3.0], Some(0.0));
        check(&[1.0, 1.0], &[-2.0, -2.0], Some(-1.0));
        check(&[3.0, 4.0], &[4.0, 3.0], Some(0.96));
        let ones = vec![1.0; 4096];
        check(&ones, &ones, Some(1.0));
        check(&[0.0, 0.0], &[1.0, 0.0], None);
        check(&[f32::NAN, 0.0], &[1.0, 0.0], None);
        check(&[f32::MAX, f32::MAX], &[f32::MAX, f32::MAX], Some(1.0));
        check(&[1.0], &[1.0, 0.0], None);
        check(&[], &[], None);
    }
}
