#include "textflag.h"

// func fillVectors(blocks *Block, text *byte, n int, t *nibbles)
//
// Of the table, low and high are at 0, 32 and 64, 96; test is at 128, 64 bytes a set.
// Y15 is 0x0f in every byte and Y14 zero; Y10 to Y13 are low and high of both rounds.
TEXT ·fillVectors(SB), NOSPLIT, $0-32
	MOVQ blocks+0(FP), AX
	MOVQ text+8(FP), BX
	MOVQ n+16(FP), CX
	MOVQ t+24(FP), DX

	VMOVDQU 0(DX), Y10
	VMOVDQU 32(DX), Y12
	VMOVDQU 64(DX), Y11
	VMOVDQU 96(DX), Y13
	VPXOR   Y14, Y14, Y14
	MOVQ    $0x0f, R8
	VMOVQ   R8, X15
	VPBROADCASTB X15, Y15

block:
	// The set of bytes that are not ASCII is that of their highest bits.
	VMOVDQU   0(BX), Y0
	VMOVDQU   32(BX), Y1
	VPMOVMSKB Y0, R8
	VPMOVMSKB Y1, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	MOVQ      R8, 56(AX)

	// Y2, Y3: the high four bits of each byte.
	VPSRLW $4, Y0, Y2
	VPSRLW $4, Y1, Y3
	VPAND  Y15, Y2, Y2
	VPAND  Y15, Y3, Y3

	// Y4, Y5: which of the first eight products each byte is in. A byte that is
	// not ASCII has its highest bit set, for which VPSHUFB gives zero.
	VPSHUFB Y0, Y10, Y4
	VPSHUFB Y2, Y11, Y6
	VPAND   Y6, Y4, Y4
	VPSHUFB Y1, Y10, Y5
	VPSHUFB Y3, Y11, Y7
	VPAND   Y7, Y5, Y5

	// Y6, Y7: and of the other eight.
	VPSHUFB Y0, Y12, Y6
	VPSHUFB Y2, Y13, Y8
	VPAND   Y8, Y6, Y6
	VPSHUFB Y1, Y12, Y7
	VPSHUFB Y3, Y13, Y9
	VPAND   Y9, Y7, Y7

	// Set 0: the bytes that are in one of its products.
	VPAND     128(DX), Y4, Y0
	VPAND     160(DX), Y6, Y1
	VPOR      Y0, Y1, Y0
	VPCMPEQB  Y14, Y0, Y0
	VPMOVMSKB Y0, R8
	VPAND     128(DX), Y5, Y2
	VPAND     160(DX), Y7, Y3
	VPOR      Y2, Y3, Y2
	VPCMPEQB  Y14, Y2, Y2
	VPMOVMSKB Y2, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	NOTQ      R8
	MOVQ      R8, 0(AX)

	// Set 1: the bytes that are in one of its products.
	VPAND     192(DX), Y4, Y0
	VPAND     224(DX), Y6, Y1
	VPOR      Y0, Y1, Y0
	VPCMPEQB  Y14, Y0, Y0
	VPMOVMSKB Y0, R8
	VPAND     192(DX), Y5, Y2
	VPAND     224(DX), Y7, Y3
	VPOR      Y2, Y3, Y2
	VPCMPEQB  Y14, Y2, Y2
	VPMOVMSKB Y2, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	NOTQ      R8
	MOVQ      R8, 8(AX)

	// Set 2: the bytes that are in one of its products.
	VPAND     256(DX), Y4, Y0
	VPAND     288(DX), Y6, Y1
	VPOR      Y0, Y1, Y0
	VPCMPEQB  Y14, Y0, Y0
	VPMOVMSKB Y0, R8
	VPAND     256(DX), Y5, Y2
	VPAND     288(DX), Y7, Y3
	VPOR      Y2, Y3, Y2
	VPCMPEQB  Y14, Y2, Y2
	VPMOVMSKB Y2, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	NOTQ      R8
	MOVQ      R8, 16(AX)

	// Set 3: the bytes that are in one of its products.
	VPAND     320(DX), Y4, Y0
	VPAND     352(DX), Y6, Y1
	VPOR      Y0, Y1, Y0
	VPCMPEQB  Y14, Y0, Y0
	VPMOVMSKB Y0, R8
	VPAND     320(DX), Y5, Y2
	VPAND     352(DX), Y7, Y3
	VPOR      Y2, Y3, Y2
	VPCMPEQB  Y14, Y2, Y2
	VPMOVMSKB Y2, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	NOTQ      R8
	MOVQ      R8, 24(AX)

	// Set 4: the bytes that are in one of its products.
	VPAND     384(DX), Y4, Y0
	VPAND     416(DX), Y6, Y1
	VPOR      Y0, Y1, Y0
	VPCMPEQB  Y14, Y0, Y0
	VPMOVMSKB Y0, R8
	VPAND     384(DX), Y5, Y2
	VPAND     416(DX), Y7, Y3
	VPOR      Y2, Y3, Y2
	VPCMPEQB  Y14, Y2, Y2
	VPMOVMSKB Y2, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	NOTQ      R8
	MOVQ      R8, 32(AX)

	// Set 5: the bytes that are in one of its products.
	VPAND     448(DX), Y4, Y0
	VPAND     480(DX), Y6, Y1
	VPOR      Y0, Y1, Y0
	VPCMPEQB  Y14, Y0, Y0
	VPMOVMSKB Y0, R8
	VPAND     448(DX), Y5, Y2
	VPAND     480(DX), Y7, Y3
	VPOR      Y2, Y3, Y2
	VPCMPEQB  Y14, Y2, Y2
	VPMOVMSKB Y2, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	NOTQ      R8
	MOVQ      R8, 40(AX)

	// Set 6: the bytes that are in one of its products.
	VPAND     512(DX), Y4, Y0
	VPAND     544(DX), Y6, Y1
	VPOR      Y0, Y1, Y0
	VPCMPEQB  Y14, Y0, Y0
	VPMOVMSKB Y0, R8
	VPAND     512(DX), Y5, Y2
	VPAND     544(DX), Y7, Y3
	VPOR      Y2, Y3, Y2
	VPCMPEQB  Y14, Y2, Y2
	VPMOVMSKB Y2, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	NOTQ      R8
	MOVQ      R8, 48(AX)

	ADDQ $64, AX
	ADDQ $64, BX
	DECQ CX
	JNZ  block

	VZEROUPPER
	RET
