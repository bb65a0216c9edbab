"""The online printing shop of Lunardi, Birgin, Ronconi & Voos 2020 (C&OR 123, 105020).

Close to a real shop floor, and not quite our plant model; `shop` says where they differ.
"""
