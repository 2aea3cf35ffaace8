//! Moments that portals write as numbers.

/// Seconds or milliseconds since 1970 as milliseconds in digits, the form the
/// contract has; none for what is neither in our times (0 stands for "unknown").
pub fn milliseconds(number: f64) -> Option<String> {
    // Seconds of the years 1990 to 2099, and milliseconds of the same years.
    const SECONDS: std::ops::Range<f64> = 631_152_000.0..4_102_444_800.0;
    if SECONDS.contains(&number) {
        return Some(format!("{:.0}", (number * 1000.0).floor()));
    }
    SECONDS
        .contains(&(number / 1000.0))
        .then(|| format!("{:.0}", number.floor()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_milliseconds_are_told_apart() {
        for (number, expected) in [
            (1_789_410_600.0, Some("1789410600000")),
            (1_789_410_600.25, Some("1789410600250")),
            (1_789_410_600_123.0, Some("1789410600123")),
            (0.0, None),
            (-1.0, None),
            (20_260_911.0, None),
            (f64::NAN, None),
        ] {
            assert_eq!(milliseconds(number).as_deref(), expected, "{number}");
        }
    }
}
