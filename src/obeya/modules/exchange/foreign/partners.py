"""A supplier's or customer's own number of our material, and what they call it."""

import re
from collections.abc import Collection

from obeya.modules.exchange.foreign.words import synonyms

PARTNERS = frozenset(
    synonyms(
        "supplier|suppliers|vendor|vendors|vend|lieferant|lieferanten|lief|kreditor|customer|"
        "customers|cust|kunde|kunden|kd|debitor|manufacturer|mfr|hersteller|competitor|"
        "fournisseur|client|fabricant|proveedor|cliente|fabricante|fornitore|produttore|"
        "fornecedor|dostawca|dostawcy|klient|klienta|odbiorcy|producenta|dodavatel|dodavatele|"
        "zákazník|zákazníka|výrobce|leverancier|klant|fabrikant|tedarikçi|satıcı|müşteri|üretici"
    )
)
THINGS = frozenset(
    synonyms(
        "material|materials|mat|matnr|materialnummer|materialnr|article|artikel|artikelnummer|"
        "artikelnr|art|item|part|partno|teil|teile|teilenummer|teilenr|sachnummer|product|produkt|"
        "produktnummer|sku|reference|référence|matériel|produit|artículo|referencia|producto|pieza|"
        "articolo|materiale|prodotto|riferimento|artigo|produto|peça|referência|materiał|"
        "materiału|towar|towaru|artykuł|artykułu|produktu|indeks|položka|položky|materiál|"
        "materiálu|dílu|zboží|materiaal|materiaalnummer|artikelcode|onderdeel|onderdeelnummer|"
        "malzeme|ürün|parça|stok"
    )
)
_IN_ONE_WORD = re.compile(
    "(lieferanten?|lief|kunden?|kd|hersteller|leveranciers?|klant)"
    "(material|mat|artikel|art|teil|sach|ident|produkt|materiaal|onderdeel)"
)


def is_a_partners_own(title: Collection[str]) -> bool:
    """Whether a supplier's or customer's own number of our material is meant, or what they call
    it: that is neither our material nor the partner, and we have no column for it.
    """
    is_said_apart = not PARTNERS.isdisjoint(title) and not THINGS.isdisjoint(title)
    return is_said_apart or any(_IN_ONE_WORD.match(word) for word in title)
