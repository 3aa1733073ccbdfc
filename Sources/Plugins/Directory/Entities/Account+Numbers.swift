internal import Kernel
internal import Wire

extension Account {
    /// Cleans and checks what identifies a company to the revenue service, where it or the country changes.
    static func checkNumbers(_ change: inout Change<Account>) throws(Problem) {
        let country = BillingCountry(change.after.billingAddress?["country"]?.stringValue)
        let moves = change.changes(\.billingAddress)
        if change.changes(\.vatNumber) || moves, let text = change.after.vatNumber {
            let number = VATNumber(text, country: country)
            if change.changes(\.vatNumber) { change.set(\.vatNumber, number.text) }
            if let fault = number.fault { change.refuse(\.vatNumber, fault.code, fault.parameters) }
        }
        if change.changes(\.taxCode) || moves, let text = change.after.taxCode {
            let code = TaxCode(text, country: country)
            if change.changes(\.taxCode) { change.set(\.taxCode, code.text) }
            if let fault = code.fault { change.refuse(\.taxCode, fault) }
        }
        if change.changes(\.sdiCode), let text = change.after.sdiCode {
            change.set(\.sdiCode, text.uppercased())
        }
        if change.changes(\.domain), let text = change.after.domain {
            change.set(\.domain, text.lowercased())
        }
    }
}
