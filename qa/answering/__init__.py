"""Question → candidates → hits → answer, over one open index.

The retriever asks both searches of `qa.index`, fuses their signals (`fusion`), looks into the
sentences of the best passages (`second_stage`, `answer_sentence`) and the answer says how sure
that is (`calibration`, `answer`). This package never writes into an index, and knows nothing of
how one is built, of shells or of pages.
"""
