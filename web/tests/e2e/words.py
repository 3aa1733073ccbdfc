"""Words of the screens in both languages, where a test has to name them."""

WORDS = {
    "it": {
        "new_deal": "Nuova opportunità", "create": "Crea", "title": "Titolo", "amount": "Importo", "won": "Vinta", "deals": "Opportunità",
        "settings": "Impostazioni", "members": "Membri", "invite": "Invita persone", "send_invitation": "Invia invito", "email": "E-mail",
        "undo": "Annulla", "accounts": "Aziende", "list": "Elenco", "board": "Bacheca", "imports": "Importazioni",
    },
    "en": {
        "new_deal": "New opportunity", "create": "Create", "title": "Title", "amount": "Amount", "won": "Won", "deals": "Opportunities",
        "settings": "Settings", "members": "Members", "invite": "Invite people", "send_invitation": "Send invitation", "email": "E-mail",
        "undo": "Undo", "accounts": "Accounts", "list": "List", "board": "Board", "imports": "Imports",
    },
}
