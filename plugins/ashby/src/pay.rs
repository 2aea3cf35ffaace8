//! Pay from Ashby's tiers: a summary in words, and components with numbers.

use portal_sdk::{Pay, json};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Compensation {
    /// All there is, equity and bonus with it.
    #[serde(default, deserialize_with = "json::text")]
    compensation_tier_summary: Option<String>,
    /// The salary alone.
    #[serde(default, deserialize_with = "json::text")]
    scrapeable_compensation_salary_summary: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    summary_components: Vec<Component>,
    #[serde(default, deserialize_with = "json::list")]
    compensation_tiers: Vec<Tier>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tier {
    #[serde(default, deserialize_with = "json::text")]
    tier_summary: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    components: Vec<Component>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Component {
    #[serde(default, deserialize_with = "json::text")]
    compensation_type: Option<String>,
    /// "1 YEAR", "1 HOUR", "NONE".
    #[serde(default, deserialize_with = "json::text")]
    interval: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    currency_code: Option<String>,
    #[serde(default, deserialize_with = "json::number")]
    min_value: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    max_value: Option<f64>,
}

impl Component {
    fn is_salary(&self) -> bool {
        let kind = self.compensation_type.as_deref();
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("salary"))
            && (self.min_value.is_some() || self.max_value.is_some())
    }

    fn unit(&self) -> (Option<&str>, Option<&str>) {
        (self.currency_code.as_deref(), self.interval.as_deref())
    }
}

impl Compensation {
    /// The pay as stated; none where only equity or a bonus is spoken of. Tiers
    /// for several places are one range, unless their currency or period differs
    /// from the first one's.
    pub(crate) fn pay(&self) -> Option<Pay> {
        let tiers = self.compensation_tiers.iter();
        let all = self
            .summary_components
            .iter()
            .chain(tiers.flat_map(|tier| &tier.components));
        let salaries: Vec<&Component> = all.filter(|component| component.is_salary()).collect();
        let unit = salaries.first().map(|first| first.unit());
        let alike = salaries
            .iter()
            .filter(|component| Some(component.unit()) == unit);
        let (mut min, mut max) = (None, None);
        for component in alike {
            min = lesser(min, component.min_value);
            max = lesser(max.map(|n: f64| -n), component.max_value.map(|n| -n)).map(|n| -n);
        }
        let text = self.words();
        let (currency, period) = unit.unwrap_or_default();
        (unit.is_some() || text.is_some()).then(|| Pay {
            text,
            min,
            max,
            currency: currency.map(str::to_owned),
            period: period
                .filter(|period| !period.eq_ignore_ascii_case("none"))
                .map(str::to_owned),
        })
    }

    /// Words with an amount in them.
    fn words(&self) -> Option<String> {
        let tiers = self.compensation_tiers.iter();
        [
            self.scrapeable_compensation_salary_summary.as_ref(),
            self.compensation_tier_summary.as_ref(),
        ]
        .into_iter()
        .chain(tiers.map(|tier| tier.tier_summary.as_ref()))
        .flatten()
        .find(|words| words.bytes().any(|b| b.is_ascii_digit()))
        .cloned()
    }
}

fn lesser(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words, bounds, currency, period.
    type Row<'a> = (
        Option<&'a str>,
        (Option<f64>, Option<f64>),
        Option<&'a str>,
        Option<&'a str>,
    );

    fn check(json: &str, expected: Option<Row<'_>>) {
        let compensation: Compensation = serde_json::from_str(json).unwrap();
        let pay = compensation.pay();
        let found = pay.as_ref().map(|pay| {
            (
                pay.text.as_deref(),
                (pay.min, pay.max),
                pay.currency.as_deref(),
                pay.period.as_deref(),
            )
        });
        assert_eq!(found, expected, "{json}");
    }

    #[test]
    fn pay_is_the_salary_and_nothing_else() {
        check("{}", None);
        check(
            r#"{"compensationTierSummary":null,"compensationTiers":[],"summaryComponents":null}"#,
            None,
        );
        check(
            r#"{"compensationTierSummary":"NOK 700K – NOK 820K • Offers Equity",
                "scrapeableCompensationSalarySummary":"NOK 700K - NOK 820K",
                "summaryComponents":[
                  {"compensationType":"EquityPercentage","interval":"NONE","minValue":1,"maxValue":2},
                  {"compensationType":"Salary","interval":"1 YEAR","currencyCode":"NOK",
                   "minValue":700000,"maxValue":820000}]}"#,
            Some((
                Some("NOK 700K - NOK 820K"),
                (Some(700_000.0), Some(820_000.0)),
                Some("NOK"),
                Some("1 YEAR"),
            )),
        );
        check(
            r#"{"compensationTierSummary":"Offers Equity",
                "summaryComponents":[{"compensationType":"EquityCashValue","minValue":null}]}"#,
            None,
        );
    }

    #[test]
    fn tiers_are_one_range_as_far_as_they_compare() {
        check(
            r#"{"compensationTiers":[
                {"tierSummary":"$50 – $60","components":[{"compensationType":"salary",
                 "interval":"1 HOUR","currencyCode":"USD","minValue":"50","maxValue":60}]},
                {"tierSummary":"$40","components":[{"compensationType":"Salary",
                 "interval":"1 HOUR","currencyCode":"USD","minValue":40}]},
                {"components":[{"compensationType":"Salary",
                 "interval":"1 HOUR","currencyCode":"CAD","minValue":1,"maxValue":900}]},
                "odd"]}"#,
            Some((
                Some("$50 – $60"),
                (Some(40.0), Some(60.0)),
                Some("USD"),
                Some("1 HOUR"),
            )),
        );
        check(
            r#"{"summaryComponents":[{"compensationType":"Salary","interval":"NONE","maxValue":9}]}"#,
            Some((None, (None, Some(9.0)), None, None)),
        );
        check(
            r#"{"compensationTierSummary":"up to 90K"}"#,
            Some((Some("up to 90K"), (None, None), None, None)),
        );
    }
}
